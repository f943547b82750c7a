"""A contract of sale between businesses: parties, goods, price, delivery, and its clauses to any depth.

Clauses nest as the document numbers them: § 4, (1), a). Their text is not transcribed; each says what it is about and
what it provides in a sentence or two.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field


class PartyRole(StrEnum):
    """What a party does under the contract."""

    SELLER = "seller"
    BUYER = "buyer"
    GUARANTOR = "guarantor"
    AGENT = "agent"
    OTHER = "other"


class ClauseKind(StrEnum):
    """What a clause is about."""

    DEFINITIONS = "definitions"
    SUBJECT = "subject"
    PRICE_AND_PAYMENT = "price_and_payment"
    DELIVERY = "delivery"
    TITLE_AND_RISK = "title_and_risk"
    WARRANTY = "warranty"
    LIABILITY = "liability"
    CONFIDENTIALITY = "confidentiality"
    TERM_AND_TERMINATION = "term_and_termination"
    FORCE_MAJEURE = "force_majeure"
    LAW_AND_JURISDICTION = "law_and_jurisdiction"
    OTHER = "other"


class Incoterm(StrEnum):
    """Delivery terms of the International Chamber of Commerce."""

    EXW = "EXW"
    FCA = "FCA"
    FAS = "FAS"
    FOB = "FOB"
    CPT = "CPT"
    CIP = "CIP"
    CFR = "CFR"
    CIF = "CIF"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"
    OTHER = "other"


class ContractParty(BaseModel):
    """One party to the contract."""

    role: PartyRole = Field(description="What it does under this contract. 'Supplier' is seller, 'customer' is buyer.")
    name: str = Field(description="Legal name in full with its legal form, as in the opening of the contract.")
    registered_seat: str | None = Field(None, description="Address of its seat as printed, on one line.")
    register_number: str | None = Field(
        None, description="Number in the commercial register with the court, such as 'HRB 12345, Amtsgericht München'."
    )
    represented_by: list[str] = Field(
        default_factory=list, description="Who signs or acts for it, one name an entry, functions left out."
    )


class Goods(BaseModel):
    """One thing that is sold."""

    description: str = Field(description="What is sold, with make and type, in the words of the contract or its annex.")
    quantity: Decimal | None = Field(None, gt=0, description="How many or how much, in `unit`.")
    unit: str | None = Field(None, description="Unit of the quantity as printed: pieces, t, m³.")
    unit_price: Decimal | None = Field(None, ge=0, description="Price of one unit before tax, if prices are by unit.")
    serial_number: str | None = Field(None, description="Serial or chassis number of a single piece, as printed.")


class Instalment(BaseModel):
    """One payment that is due."""

    amount: Decimal = Field(
        gt=0, description="Amount of this payment. If only a percentage is given, leave the entry out."
    )
    due_on: dt.date | None = Field(None, description="Day on which it is due, YYYY-MM-DD, if a date is agreed.")
    condition: str | None = Field(
        None, description="What makes it due where no date is agreed: 'on signing', '30 days after acceptance'."
    )


class Price(BaseModel):
    """What the buyer pays."""

    amount: Decimal = Field(
        ge=0, description="Price for everything together. Not an instalment and not a price by unit."
    )
    currency: str = Field(pattern="^[A-Z]{3}$", description="Currency as ISO 4217, such as EUR.")
    includes_tax: bool | None = Field(
        None, description="Whether the amount includes value added tax. Leave it out if the contract does not say."
    )
    instalments: list[Instalment] = Field(
        default_factory=list, description="Payments that the price is split into, in order. Leave out if paid at once."
    )


class Delivery(BaseModel):
    """Where and when the goods change hands."""

    incoterm: Incoterm | None = Field(
        None,
        description="The three letters of the Incoterms rule, if one is named; other for a rule of an older edition.",
    )
    place: str | None = Field(
        None, description="Agreed place of delivery, as printed beside the Incoterm or in the clause."
    )
    deliver_by: dt.date | None = Field(None, description="Last day of delivery, YYYY-MM-DD, if a date is agreed.")


class Clause(BaseModel):
    """A numbered clause, and the clauses under it."""

    number: str | None = Field(
        None, description="Its own number as printed, without those above it: '§ 4', '4.2', '(1)', 'a)'."
    )
    heading: str | None = Field(None, description="Its heading, without the number. Leave it out if it has none.")
    kind: ClauseKind = Field(
        description="What it is about. Of a clause under another, what it adds, not what that one is."
    )
    provision: str | None = Field(
        None,
        description=(
            "What it provides, in one or two sentences, with periods, amounts and caps as they stand there. Leave it "
            "out of a clause that is only a heading over others."
        ),
    )
    clauses: list[Clause] = Field(
        default_factory=list, description="The clauses under this one, in printed order. Leave out if there are none."
    )


class PurchaseContract(BaseModel):
    """A contract by which goods are sold."""

    title: str | None = Field(None, description="Title of the document, such as 'Purchase Agreement'.")
    contract_number: str | None = Field(None, description="Number of the contract as printed. Not that of an offer.")
    parties: list[ContractParty] = Field(description="Everybody who concludes the contract. Not witnesses or notaries.")
    signed_on: dt.date | None = Field(
        None, description="Day of the last signature, YYYY-MM-DD. Leave it out of an unsigned draft."
    )
    effective_on: dt.date | None = Field(
        None,
        description="Day on which it takes effect, YYYY-MM-DD, if another one than that of the signature is agreed.",
    )
    goods: list[Goods] = Field(description="Everything that is sold, in printed order, annexes included.")
    price: Price = Field(description="What the buyer pays for it.")
    delivery: Delivery | None = Field(None, description="Where and when it is delivered.")
    warranty_months: int | None = Field(
        None, ge=0, description="Warranty period in months: two years are 24. Leave it out if only the law applies."
    )
    governing_law: str | None = Field(
        None, description="Law that applies, as the contract names it, such as 'German law, excluding the CISG'."
    )
    place_of_jurisdiction: str | None = Field(None, description="Town whose courts decide, or the seat of arbitration.")
    clauses: list[Clause] = Field(
        description="The clauses of the top level in printed order, each with those under it."
    )
