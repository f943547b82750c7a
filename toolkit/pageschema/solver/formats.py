"""Sample strings for the formats of JSON Schema 2020-12; the judge confirms each before it is used."""

from __future__ import annotations

SAMPLES: dict[str, tuple[str, ...]] = {
    "date": ("2024-01-31", "1999-12-01"),
    "date-time": ("2024-01-31T12:00:00Z", "1999-12-01T08:30:00+02:00"),
    "time": ("12:00:00Z", "08:30:00+02:00"),
    "duration": ("P1D", "PT30M", "P1Y2M"),
    "email": ("a@example.com", "b.c@example.org", "a@b.c"),
    "idn-email": ("a@example.com", "b.c@example.org"),
    "hostname": ("example.com", "a", "b.example.org"),
    "idn-hostname": ("example.com", "a", "b.example.org"),
    "ipv4": ("192.0.2.1", "198.51.100.7"),
    "ipv6": ("2001:db8::1", "::1"),
    "uri": ("https://example.com/", "a:b", "urn:a:b"),
    "uri-reference": ("https://example.com/", "a", "/b"),
    "iri": ("https://example.com/", "a:b", "urn:a:b"),
    "iri-reference": ("https://example.com/", "a", "/b"),
    "uri-template": ("https://example.com/{id}", "a"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000", "00000000-0000-4000-8000-000000000000"),
    "json-pointer": ("", "/a", "/a/0"),
    "relative-json-pointer": ("0", "1/a"),
    "regex": ("a", "^b$", "^[0-9]+$"),
}
