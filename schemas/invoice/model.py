"""An invoice or credit note, as accounts payable books it: parties, lines, tax by rate, totals, how to pay.

Amounts are in the currency of the document, without currency sign or thousands separator. On a credit note they are as
printed: the kind of document says which way the money goes.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field


class DocumentKind(StrEnum):
    """What the paper calls itself."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEBIT_NOTE = "debit_note"
    PROFORMA = "proforma"
    PREPAYMENT_REQUEST = "prepayment_request"
    OTHER = "other"


class PaymentMeans(StrEnum):
    """How the seller wants to be paid."""

    BANK_TRANSFER = "bank_transfer"
    DIRECT_DEBIT = "direct_debit"
    CARD = "card"
    CASH = "cash"
    CHEQUE = "cheque"
    OTHER = "other"


class Address(BaseModel):
    """A postal address."""

    street: str | None = Field(
        None, description="Street and house number, or the post office box, on one line. Without the name of the party."
    )
    postal_code: str | None = Field(None, description="Postal or ZIP code as printed, leading zeros and letters kept.")
    city: str | None = Field(None, description="Town or city, without postal code and country.")
    country_code: str | None = Field(
        None,
        pattern="^[A-Z]{2}$",
        description=(
            "Country as ISO 3166-1 alpha-2, such as DE or US. Take it from the printed country, else from the prefix "
            "of the tax number; leave it out if neither is on the page."
        ),
    )


class Party(BaseModel):
    """A business or person on one side of the invoice."""

    name: str = Field(
        description="Legal name in full with its legal form (GmbH, Ltd, Inc.), not the brand on the logo."
    )
    tax_number: str | None = Field(
        None,
        description=(
            "VAT identification number, or the national tax number where there is none, without spaces, such as "
            "DE123456789. Not the commercial register number."
        ),
    )
    address: Address | None = Field(
        None, description="Address of this party's seat. Not the address that the goods were delivered to."
    )
    email: str | None = Field(None, description="Mail address for questions about this invoice.")


class InvoiceLine(BaseModel):
    """One billed position."""

    line_number: int | None = Field(
        None, ge=1, description="Position number as printed. Leave it out if lines bear none."
    )
    description: str = Field(
        description="What was delivered or done, in the words of the document; several printed lines joined by a space."
    )
    article_number: str | None = Field(
        None,
        description="The seller's article or item number (SKU). Not the position number and not the customer's own.",
    )
    quantity: Decimal | None = Field(None, description="Quantity billed, in `unit`. Not the quantity ordered or open.")
    unit: str | None = Field(None, description="Unit of the quantity as printed: pcs, h, kg, month, m².")
    unit_price: Decimal | None = Field(
        None, description="Price of one unit before tax and before the discount of this line."
    )
    discount_percent: Decimal | None = Field(
        None,
        ge=0,
        le=100,
        description="Discount on this line in percent, 5 for 5 %. Not a discount on the whole invoice.",
    )
    tax_rate_percent: Decimal | None = Field(
        None, ge=0, le=100, description="Tax rate of this line in percent, 19 for 19 %, 0 where it says exempt."
    )
    net_amount: Decimal = Field(description="Total of this line after its discount and before tax, signed as printed.")


class TaxSubtotal(BaseModel):
    """The tax at one rate."""

    rate_percent: Decimal = Field(ge=0, le=100, description="Tax rate in percent, 19 for 19 %, 0 for exempt.")
    taxable_amount: Decimal = Field(description="Sum of all net amounts taxed at this rate.")
    tax_amount: Decimal = Field(description="Tax at this rate, as printed; do not calculate it.")
    exemption_reason: str | None = Field(
        None, description="Why no tax is due, as printed: reverse charge, intra-community supply, small business."
    )


class Payment(BaseModel):
    """How and until when to pay."""

    means: PaymentMeans | None = Field(
        None, description="How to pay. Bank details alone mean bank_transfer; a mandate reference means direct_debit."
    )
    iban: str | None = Field(
        None,
        description=(
            "IBAN of the seller's account without spaces, in capitals. If several banks are printed, the first one. "
            "Not the buyer's account in a direct debit notice."
        ),
    )
    bic: str | None = Field(None, description="BIC (SWIFT code) of the bank of that account: 8 or 11 characters.")
    reference: str | None = Field(
        None, description="Reference that the payer has to quote, if it is another one than the invoice number."
    )
    terms: str | None = Field(
        None, description="Terms of payment in the words of the document, such as '2 % discount within 14 days'."
    )


class Invoice(BaseModel):
    """An invoice, credit note or similar bill from a seller to a buyer."""

    document_kind: DocumentKind = Field(
        description="What the heading calls the document. A correction that gives money back is a credit_note."
    )
    invoice_number: str = Field(
        description=(
            "Number that the seller gave this document, exactly as printed, with prefixes and leading zeros. Not the "
            "order, delivery note or customer number."
        )
    )
    issue_date: dt.date = Field(
        description="Date of the invoice, YYYY-MM-DD. Not the date of the order, of delivery or of printing."
    )
    due_date: dt.date | None = Field(
        None,
        description="Last day to pay in full, YYYY-MM-DD, if a date is printed. Do not work it out from the terms.",
    )
    supply_date: dt.date | None = Field(
        None, description="Day of delivery or service, YYYY-MM-DD; of a period, its last day."
    )
    purchase_order_number: str | None = Field(
        None,
        description="The buyer's order number ('your order', 'PO'). Not the seller's own order confirmation number.",
    )
    seller: Party = Field(description="Who issues the invoice and is to be paid, usually in the letterhead or footer.")
    buyer: Party = Field(description="Who is billed ('bill to'). Not a delivery recipient at another address.")
    currency: str = Field(
        pattern="^[A-Z]{3}$",
        description="Currency of all amounts as ISO 4217: EUR, USD, GBP. Of '$' alone, decide by the seller's country.",
    )
    lines: list[InvoiceLine] = Field(
        description="Every billed position in printed order, over all pages. No subtotals or carry-overs."
    )
    tax_subtotals: list[TaxSubtotal] = Field(
        default_factory=list, description="One entry for each tax rate in the tax summary. Leave out if there is none."
    )
    net_total: Decimal | None = Field(None, description="Total before tax, after all discounts, if it is printed.")
    tax_total: Decimal | None = Field(None, description="Sum of all taxes. Leave out if no tax is shown.")
    gross_total: Decimal = Field(
        description="Total with tax ('total', 'invoice amount'), before prepayments are deducted."
    )
    prepaid_amount: Decimal | None = Field(
        None, description="What was already paid and is deducted from the total, as a positive number."
    )
    amount_due: Decimal | None = Field(
        None, description="What is left to pay ('amount due', 'balance'), if printed apart from the total."
    )
    payment: Payment | None = Field(None, description="Everything the document says on how to pay.")
