"""A résumé (CV), as recruiting searches it: person, positions held, education, skills, languages, certificates.

Résumés give months or bare years, seldom days. So positions and education carry a year and a month, each left out where
the page does not say it, and only certificates carry a date.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import BaseModel, Field


class DegreeLevel(StrEnum):
    """Level of a qualification, whatever a country calls it."""

    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"
    OTHER = "other"


class LanguageLevel(StrEnum):
    """Level of the Common European Framework of Reference, or native."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"
    OTHER = "other"


class EmploymentKind(StrEnum):
    """On what terms somebody worked."""

    EMPLOYED = "employed"
    FREELANCE = "freelance"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTARY = "voluntary"
    OTHER = "other"


class Contact(BaseModel):
    """How to reach the person."""

    email: str | None = Field(None, description="Private mail address. Not that of a reference or an employer.")
    phone: str | None = Field(None, description="Telephone number as printed, mobile first if there are several.")
    city: str | None = Field(None, description="Town where the person lives, without street and postal code.")
    country: str | None = Field(None, description="Country where the person lives, in the words of the document.")
    links: list[str] = Field(
        default_factory=list, description="Web addresses of the person's own pages and profiles, as printed."
    )


class Position(BaseModel):
    """One position held at one employer."""

    employer: str = Field(
        description="Name of the employer or client. 'Self-employed' if the person worked for themselves."
    )
    job_title: str = Field(description="Title of the position in the language of the document, without the employer.")
    employment_kind: EmploymentKind | None = Field(
        None, description="On what terms, only if the document says or its heading does ('Internships')."
    )
    location: str | None = Field(None, description="Where the work was done, as printed; 'remote' if it says so.")
    start_year: int | None = Field(None, ge=1930, le=2100, description="Year in which the position began, four digits.")
    start_month: int | None = Field(
        None,
        ge=1,
        le=12,
        description="Month in which the position began, 1 to 12. Leave out if only the year is given.",
    )
    end_year: int | None = Field(
        None, ge=1930, le=2100, description="Year in which the position ended, four digits. Leave out if it is current."
    )
    end_month: int | None = Field(
        None, ge=1, le=12, description="Month in which the position ended, 1 to 12. Leave out if it is current."
    )
    is_current: bool = Field(
        description="Whether the person still holds the position: 'present', 'today', 'since', or an open end."
    )
    achievements: list[str] = Field(
        default_factory=list,
        description="Tasks and results listed for this position, one a bullet point, in the words of the document.",
    )


class Education(BaseModel):
    """One course of education, finished or not."""

    institution: str = Field(description="Name of the school, university or training company.")
    degree: str | None = Field(
        None, description="Qualification in the words of the document, such as 'B.Sc. Computer Science'."
    )
    level: DegreeLevel = Field(description="Level of that qualification; other if none was aimed at or it is unclear.")
    field_of_study: str | None = Field(None, description="Subject or major, without the degree: 'Computer Science'.")
    start_year: int | None = Field(None, ge=1930, le=2100, description="Year in which it began, four digits.")
    end_year: int | None = Field(
        None, ge=1930, le=2100, description="Year in which it ended or is expected to end, four digits."
    )
    is_completed: bool | None = Field(
        None, description="True if the degree was awarded, false if it was broken off or goes on; leave out if unclear."
    )
    grade: str | None = Field(None, description="Final grade as printed, with its scale if given: '1.7', '3.8/4.0'.")


class LanguageSkill(BaseModel):
    """One language and how well it is mastered."""

    language: str = Field(description="The language in English, such as 'German'.")
    level: LanguageLevel = Field(
        description=(
            "Level of the CEFR. Where the document uses words: mother tongue is native, fluent or business fluent C1, "
            "good B2, conversational B1, basic A2; other if that does not decide it."
        )
    )


class Certificate(BaseModel):
    """A certificate or licence."""

    name: str = Field(description="What it is called, such as 'AWS Certified Solutions Architect'.")
    issuer: str | None = Field(None, description="Who issued it.")
    issued_on: dt.date | None = Field(
        None, description="Date of issue, YYYY-MM-DD, only if day, month and year are printed."
    )
    expires_on: dt.date | None = Field(
        None, description="Last day of validity, YYYY-MM-DD, only if day, month and year are printed."
    )


class Resume(BaseModel):
    """The résumé of one person."""

    full_name: str = Field(description="Given and family name in that order, without titles and degrees.")
    headline: str | None = Field(
        None, description="Professional title or claim under the name. Not the title of the latest position."
    )
    contact: Contact | None = Field(
        None, description="How to reach the person, usually at the top or in a side column."
    )
    profile: str | None = Field(
        None, description="The paragraph in which the person describes themselves, if there is one."
    )
    positions: list[Position] = Field(
        description="Positions held, in printed order. Several roles at one employer are several entries."
    )
    education: list[Education] = Field(description="Schools, studies and apprenticeships, in printed order.")
    skills: list[str] = Field(
        default_factory=list,
        description="Skills listed as such, one an entry ('Python', 'SAP FI'), without rating. Not from running text.",
    )
    languages: list[LanguageSkill] = Field(
        default_factory=list, description="Human languages that are listed. Not programming languages."
    )
    certificates: list[Certificate] = Field(
        default_factory=list, description="Certificates and licences, driving licences among them. No degrees."
    )
