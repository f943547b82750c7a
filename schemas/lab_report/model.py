"""A medical laboratory report: whose, from which specimen, and every result with unit, reference range and flag.

A result is a number with a unit, or a finding in words ('negative', 'not detected', 'A Rh pos'). Both are kept as
printed: nothing is converted into other units, and nothing is judged that the laboratory did not judge.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, Field


class Sex(StrEnum):
    """Administrative sex as the report states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class ReportStatus(StrEnum):
    """How final the report is."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"
    OTHER = "other"


class Specimen(StrEnum):
    """What was examined."""

    WHOLE_BLOOD = "whole_blood"
    SERUM = "serum"
    PLASMA = "plasma"
    URINE = "urine"
    STOOL = "stool"
    SWAB = "swab"
    CEREBROSPINAL_FLUID = "cerebrospinal_fluid"
    TISSUE = "tissue"
    OTHER = "other"


class Comparator(StrEnum):
    """What stands before the number, where the method only tells a limit."""

    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="


class Flag(StrEnum):
    """How the laboratory marked a result."""

    NORMAL = "normal"
    LOW = "low"
    HIGH = "high"
    CRITICALLY_LOW = "critically_low"
    CRITICALLY_HIGH = "critically_high"
    ABNORMAL = "abnormal"
    OTHER = "other"


class Patient(BaseModel):
    """Whose specimen it was."""

    full_name: str = Field(description="Name of the patient as printed, titles left out.")
    birth_date: dt.date | None = Field(
        None, description="Date of birth, YYYY-MM-DD. Of a two-digit year, the past one."
    )
    sex: Sex | None = Field(None, description="Sex as printed (F, M, D, W …). Do not conclude it from the name.")
    patient_number: str | None = Field(
        None, description="Number of the patient at the laboratory or practice (MRN). Not the insurance number."
    )


class Laboratory(BaseModel):
    """Who examined it."""

    name: str = Field(description="Name of the laboratory that reports. Not one that it forwarded single tests to.")
    accreditation_number: str | None = Field(
        None, description="Number of its accreditation or licence (CLIA, DAkkS, UKAS), as printed."
    )
    responsible_physician: str | None = Field(
        None, description="Who validated or signed the report, title included. Not the physician who ordered it."
    )


class ReferenceRange(BaseModel):
    """Where results are expected to lie, in the unit of the result."""

    lower: float | None = Field(None, description="Lower limit as a number; leave it out of ranges such as '< 5.0'.")
    upper: float | None = Field(None, description="Upper limit as a number; leave it out of ranges such as '> 60'.")
    wording: str | None = Field(
        None,
        description="The range as printed where it is no plain interval: 'negative', 'see comment', by age or cycle.",
    )


class Result(BaseModel):
    """One measured or observed quantity."""

    analyte: str = Field(description="What was examined, in the words of the report: 'Hemoglobin', 'HbA1c (IFCC)'.")
    loinc_code: str | None = Field(
        None, pattern="^[0-9]{1,7}-[0-9]$", description="LOINC code such as 718-7, only if it is printed."
    )
    numeric_result: float | None = Field(
        None, description="The number, without unit and comparator, with a point for decimals. Leave it out of words."
    )
    comparator: Comparator | None = Field(
        None, description="The sign printed before the number, as in '< 0.01'. Leave it out if there is none."
    )
    worded_result: str | None = Field(
        None, description="The result in words or titres where it is no number: 'negative', '1:160', 'not detected'."
    )
    unit: str | None = Field(None, description="Unit as printed, such as g/dL, mmol/L, 10^9/L, %. Do not convert.")
    reference_range: ReferenceRange | None = Field(
        None, description="The range printed for this patient; of several, the one for their age and sex."
    )
    flag: Flag | None = Field(
        None,
        description=(
            "The laboratory's own mark: L or - low, H or + high, doubled or !! critical, * abnormal. Leave it out "
            "where nothing is marked, even if the result lies outside of the range."
        ),
    )
    comment: str | None = Field(None, description="Remark on this result: hemolytic, repeated, sent elsewhere, method.")


class Panel(BaseModel):
    """Results under one heading."""

    heading: str = Field(
        description="Heading as printed: 'Complete blood count', 'Lipids'. 'Results' if there is none."
    )
    specimen: Specimen = Field(description="What these results were measured in; other if the report does not say.")
    results: list[Result] = Field(description="Every result under this heading in printed order, over page breaks.")


class LabReport(BaseModel):
    """A report of a medical laboratory on one patient."""

    laboratory: Laboratory = Field(description="The laboratory that issues the report, usually in the letterhead.")
    patient: Patient = Field(description="The patient that the report is on.")
    ordering_physician: str | None = Field(
        None, description="Physician or practice that ordered the examination ('referred by'), title included."
    )
    report_number: str = Field(description="Order, accession or report number of the laboratory, exactly as printed.")
    collected_on: dt.date | None = Field(
        None, description="Day on which the specimen was taken, YYYY-MM-DD. Not the day it was received."
    )
    received_on: dt.date | None = Field(None, description="Day on which the laboratory received it, YYYY-MM-DD.")
    reported_on: dt.date = Field(
        description="Day of the report, YYYY-MM-DD. Of a corrected one, the day of correction."
    )
    status: ReportStatus = Field(description="How final it is: 'preliminary', 'final', 'corrected' or 'amended'.")
    panels: list[Panel] = Field(description="All results, grouped as the report groups them, in printed order.")
    interpretation: str | None = Field(
        None, description="The laboratory's assessment of the findings as a whole. Not remarks on single results."
    )
