"""A claim notified to a property and casualty insurer: who, under which policy, what happened, what it cost.

The form as filled in, not as assessed: what the claimant says, and nothing that an adjuster would conclude from it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field


class LineOfBusiness(StrEnum):
    """What kind of insurance it is."""

    MOTOR = "motor"
    HOUSEHOLD = "household"
    BUILDING = "building"
    LIABILITY = "liability"
    TRAVEL = "travel"
    ACCIDENT = "accident"
    OTHER = "other"


class Cause(StrEnum):
    """What brought the loss about."""

    COLLISION = "collision"
    FIRE = "fire"
    WATER = "water"
    STORM = "storm"
    HAIL = "hail"
    THEFT = "theft"
    VANDALISM = "vandalism"
    GLASS_BREAKAGE = "glass_breakage"
    INJURY = "injury"
    OTHER = "other"


class DamageKind(StrEnum):
    """What became of an item."""

    DAMAGED = "damaged"
    DESTROYED = "destroyed"
    STOLEN = "stolen"
    LOST = "lost"
    OTHER = "other"


class Role(StrEnum):
    """What somebody has to do with the loss."""

    OPPONENT = "opponent"
    DRIVER = "driver"
    INJURED = "injured"
    WITNESS = "witness"
    OTHER = "other"


class Address(BaseModel):
    """A postal address, or a place."""

    street: str | None = Field(None, description="Street and house number, or road and kilometre of an accident.")
    postal_code: str | None = Field(None, description="Postal or ZIP code as printed, leading zeros kept.")
    city: str | None = Field(None, description="Town or city, without postal code.")
    country: str | None = Field(None, description="Country in the words of the document, if it is named.")


class Claimant(BaseModel):
    """Who claims."""

    full_name: str = Field(description="Name of the person or company that claims, in full.")
    is_policyholder: bool | None = Field(
        None, description="Whether the claimant is the policyholder. Leave it out if the form does not tell."
    )
    birth_date: dt.date | None = Field(None, description="Date of birth, YYYY-MM-DD. Leave it out for companies.")
    address: Address | None = Field(None, description="Address of the claimant. Not the place of the loss.")
    phone: str | None = Field(None, description="Telephone number as printed.")
    email: str | None = Field(None, description="Mail address of the claimant.")
    iban: str | None = Field(None, description="Account that the claimant wants the money on: IBAN without spaces.")


class Loss(BaseModel):
    """What happened."""

    occurred_on: dt.date = Field(
        description="Day of the loss, YYYY-MM-DD. Not the day it was reported. Of a period, the day it was discovered."
    )
    occurred_at_time: str | None = Field(
        None, pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Time of day, HH:MM in 24 hours: 3.15 pm is 15:15."
    )
    place: Address | None = Field(
        None, description="Where it happened. Not the claimant's address unless it was there."
    )
    cause: Cause = Field(
        description="What caused it. A burst pipe is water, a break-in theft, a cracked windscreen glass_breakage."
    )
    circumstances: str = Field(
        description="How it happened, in the claimant's own words; do not shorten, correct or judge them."
    )
    police_report_number: str | None = Field(
        None, description="Reference of the police report, as printed. Leave it out if the police was not called."
    )


class ClaimedItem(BaseModel):
    """One thing that was damaged or lost."""

    description: str = Field(description="What it is, with make, model and serial number if given.")
    damage: DamageKind = Field(description="What became of it.")
    purchased_on: dt.date | None = Field(
        None, description="Day of purchase, YYYY-MM-DD, only if a whole date is printed."
    )
    purchase_price: Decimal | None = Field(None, ge=0, description="What it cost when bought, without currency sign.")
    claimed_amount: Decimal = Field(
        ge=0,
        description="What is claimed for it: the repair estimate, or the price of a new one. Not the purchase price.",
    )
    has_receipt: bool | None = Field(None, description="Whether a receipt or estimate for it is enclosed.")


class OtherParty(BaseModel):
    """Somebody else who was involved."""

    full_name: str | None = Field(None, description="Name in full. Leave it out if the party is unknown (hit and run).")
    role: Role = Field(description="What they have to do with it. Who caused the damage is the opponent.")
    vehicle_registration: str | None = Field(
        None, description="Number plate of their vehicle as printed, with spaces and hyphens."
    )
    insurer_name: str | None = Field(None, description="Their own insurer.")
    policy_number: str | None = Field(None, description="Number of their policy. Not that of the claimant.")
    injury: str | None = Field(None, description="Injury they suffered, in the words of the form.")


class InsuranceClaim(BaseModel):
    """A notice of loss to an insurer, with what is claimed."""

    insurer_name: str = Field(description="Insurer that the claim is addressed to. Not the broker or the opponent's.")
    policy_number: str = Field(description="Number of the claimant's policy, exactly as printed.")
    claim_number: str | None = Field(
        None, description="Number that the insurer gave the claim. New notices have none; do not repeat the policy's."
    )
    line_of_business: LineOfBusiness = Field(description="Kind of insurance that the form is for.")
    claimant: Claimant = Field(description="Who claims.")
    loss: Loss = Field(description="What happened, when and where.")
    items: list[ClaimedItem] = Field(
        description="Every damaged or lost item with its own amount, in printed order. No subtotals. May be empty."
    )
    other_parties: list[OtherParty] = Field(
        default_factory=list, description="Everybody else involved: opponents, drivers, injured, witnesses."
    )
    currency: str = Field(pattern="^[A-Z]{3}$", description="Currency of all amounts as ISO 4217, such as EUR.")
    total_claimed: Decimal | None = Field(
        None, ge=0, description="Total claimed as printed. Do not add it up; leave it out if no total is given."
    )
    deductible: Decimal | None = Field(
        None, ge=0, description="Deductible (excess) of the policy that the form names, as an amount."
    )
    signed_on: dt.date | None = Field(
        None, description="Date beside the claimant's signature, YYYY-MM-DD. Leave it out of an unsigned form."
    )
