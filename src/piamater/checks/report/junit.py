"""JUnit XML: a suite for each page, a case for each rule, a failure for each error.

The shape is the one that build servers read (the schema of Jenkins' xUnit plugin).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from piamater.checks.engine import Checked
from piamater.checks.places import Places
from piamater.checks.report.common import clean, named, read_as
from piamater.checks.rule import Finding


def junit_report(some: Sequence[Checked]) -> str:
    """The suites; warnings and notes stand in the output of their rule's case."""
    root = Element("testsuites", name="piamater check")
    for one in some:
        root.append(_suite(one))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _suite(checked: Checked) -> Element:
    places = Places(checked.page)
    name = clean(named(checked.page))
    suite = Element("testsuite", name=name, errors="0", time="0")
    properties = SubElement(suite, "properties")
    SubElement(properties, "property", name="read as", value=clean(read_as([checked])))
    errors = [one for one in checked.findings if one.severity == "error"]
    failed = {one.rule for one in errors}
    lesser = [one for one in checked.findings if one.severity != "error"]
    for rule in dict.fromkeys((*checked.rules_run, *(one.rule for one in lesser))):
        said = [one for one in lesser if one.rule == rule]
        if said or rule not in failed:
            case = SubElement(suite, "testcase", classname=name, name=rule, time="0")
            if said:
                SubElement(case, "system-out").text = "\n".join(_line(places, one) for one in said)
    for one in errors:
        case = SubElement(suite, "testcase", classname=name, name=_name(places, one), time="0")
        failure = SubElement(case, "failure", message=clean(one.message), type=one.rule)
        failure.text = _line(places, one)
    for one in checked.suppressed:
        case = SubElement(suite, "testcase", classname=name, name=_name(places, one), time="0")
        SubElement(case, "skipped", message=clean(f"silenced in the page: {one.message}"))
    suite.set("tests", str(len(suite.findall("testcase"))))
    suite.set("failures", str(len(errors)))
    suite.set("skipped", str(len(checked.suppressed)))
    return suite


def _name(places: Places, one: Finding) -> str:
    return f"{one.rule} {one.name}, line {places.line(one.start)}"


def _line(places: Places, one: Finding) -> str:
    quote = f"\n  {one.quote}" if one.quote else ""
    more = f"\n  {one.suggestion}" if one.suggestion else ""
    place = f"{named(places.page)}:{places.line(one.start)}"
    return clean(f"{place}: {one.severity} {one.rule} {one.name}: {one.message}{quote}{more}")
