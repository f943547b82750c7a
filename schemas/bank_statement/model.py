"""An account statement, as bookkeeping imports it: the account, the balances, and every movement between them.

Amounts are signed from the account holder's view: money in is positive, money out is negative, whatever columns or
letters (debit, credit, S, H, CR, DR) the bank prints.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field


class MovementKind(StrEnum):
    """What sort of movement it is."""

    TRANSFER = "transfer"
    DIRECT_DEBIT = "direct_debit"
    CARD_PAYMENT = "card_payment"
    CASH = "cash"
    STANDING_ORDER = "standing_order"
    FEE = "fee"
    INTEREST = "interest"
    OTHER = "other"


class Account(BaseModel):
    """The account that the statement is about."""

    holder_name: str = Field(
        description="Name of the account holder in full. Not the addressee, if that is another person."
    )
    bank_name: str = Field(description="Name of the bank that keeps the account.")
    iban: str | None = Field(
        None, description="IBAN of the account without spaces. Leave it out where only a national number is printed."
    )
    account_number: str | None = Field(
        None, description="National account number as printed, leading zeros kept, where no IBAN is printed."
    )
    bank_code: str | None = Field(
        None, description="National code of the bank (routing number, sort code, BLZ) as printed, with its separators."
    )
    currency: str = Field(pattern="^[A-Z]{3}$", description="Currency of the account as ISO 4217, such as EUR.")


class Movement(BaseModel):
    """One booked movement."""

    booking_date: dt.date = Field(
        description=(
            "Day of booking, YYYY-MM-DD. If the line has no year, take it from the statement's period; mind a period "
            "that runs over the turn of the year."
        )
    )
    value_date: dt.date | None = Field(
        None, description="Day from which interest counts ('value date', 'Valuta'), YYYY-MM-DD, if printed beside it."
    )
    amount: Decimal = Field(
        description="Signed amount: positive for money in, negative for money out, also where the bank prints columns."
    )
    kind: MovementKind = Field(description="What sort of movement the booking text names; other if it does not say.")
    counterparty_name: str | None = Field(
        None, description="Who paid or was paid, without address. Of a card payment, the merchant."
    )
    counterparty_iban: str | None = Field(None, description="IBAN of the other side without spaces, if printed.")
    purpose: str | None = Field(
        None,
        description="Purpose of payment in the words of the statement; lines joined by a space, the name left out.",
    )
    reference: str | None = Field(
        None, description="Reference of the movement: end-to-end reference, mandate or cheque number, as printed."
    )
    balance_after: Decimal | None = Field(
        None, description="Signed balance printed on this line, after the movement. Do not calculate it."
    )


class BankStatement(BaseModel):
    """A statement of one bank account over one period."""

    account: Account = Field(description="The account that is reported on.")
    statement_number: str | None = Field(
        None,
        description="Number of the statement, with its year if printed that way, such as 7/2025. Not the page number.",
    )
    period_start: dt.date = Field(
        description="First day covered, YYYY-MM-DD. If only a closing date is printed, the day of the old balance."
    )
    period_end: dt.date = Field(description="Last day covered, YYYY-MM-DD: the day of the new balance.")
    opening_balance: Decimal = Field(
        description="Signed old balance at the start of the period, negative if overdrawn. Not a page's carry-over."
    )
    closing_balance: Decimal = Field(
        description="Signed new balance at the end of the period, negative if overdrawn. Not the available amount."
    )
    movements: list[Movement] = Field(
        description=(
            "Every booked movement in printed order, over all pages. No balances, page totals, carry-overs, or "
            "bookings announced for later."
        )
    )
    overdraft_limit: Decimal | None = Field(
        None, ge=0, description="Agreed overdraft limit as a positive number, if the statement names one."
    )
