"""Mutators for the rules on review and dates."""

from __future__ import annotations

from tests.checks.mutants.text import paragraph, replaced
from tests.checks.mutate import Mutator

DUE = r"(?:Next review due|Próxima revisión|পরবর্তী পর্যালোচনা): 2027-10-01"
LAST = r"(?:Last reviewed|Última revisión|সর্বশেষ পর্যালোচনা): 2026-10-01"
BOTH = rf"{LAST}\n\n{DUE}"
BY = r"(?:Reviewed by|Revisado por) B\. Reader, MD, consultant neurologist\."

MUTATORS = [
    Mutator("RV001", "due last year (en)", replaced(BOTH, "Last reviewed: 30 Aug 2022\n\nNext review due: 30 Aug 2025", "Last reviewed: 1 May 2024\n\nReview due: 1 May 2026"), ("en",)),
    Mutator("RV001", "due last year (es)", replaced(BOTH, "Última revisión: 30 de agosto de 2022\n\nPróxima revisión: 30 de agosto de 2025", "Última revisión: 2024-03-01\n\nPróxima revisión: 2026-03-01"), ("es",)),
    Mutator("RV001", "due last year (bn)", replaced(BOTH, "সর্বশেষ পর্যালোচনা: ২০২৪-০৩-০১\n\nপরবর্তী পর্যালোচনা: ২০২৬-০৩-০১", "সর্বশেষ পর্যালোচনা: ১ মার্চ ২০২৪\n\nপরবর্তী পর্যালোচনা: ১ মার্চ ২০২৬"), ("bn",)),
    Mutator("RV002", "dates taken out", replaced(rf"{BOTH}\n\n", "")),
    Mutator("RV003", "next review taken out", replaced(rf"{DUE}\n\n", "")),
    Mutator("RV003", "only an update", replaced(BOTH, "Last updated: 3 June 2026"), ("en",)),
    Mutator("RV003", "only an update (es)", replaced(BOTH, "Última actualización: 3 de junio de 2026"), ("es",)),
    Mutator("RV003", "only an update (bn)", replaced(BOTH, "সর্বশেষ হালনাগাদ: ৩ জুন ২০২৬"), ("bn",)),
    Mutator("RV004", "due in ten years", replaced(r"2027-10-01", "2036-10-01", "2031-01-01")),
    Mutator("RV005", "called pending too (en)", paragraph("Exercise caution as this content is pending human review.", "This page has not yet been reviewed.", "This article is currently under review."), ("en",)),
    Mutator("RV005", "called pending too (es)", paragraph("Este contenido está pendiente de revisión.", "Esta página no ha sido revisada."), ("es",)),
    Mutator("RV005", "called pending too (bn)", paragraph("এই লেখা পর্যালোচনার অপেক্ষায় আছে।"), ("bn",)),
    Mutator("RV006", "a board for a name (en)", replaced(BY, "Reviewed by our Medical Advisory Board.", "Medically reviewed by the editorial team."), ("en",)),
    Mutator("RV006", "a board for a name (es)", replaced(BY, "Revisado por nuestro comité editorial."), ("es",)),
    Mutator("RV006", "a board for a name (bn)", replaced(r"পর্যালোচনা B\. Reader, MD, consultant neurologist\.", "\n\nপর্যালোচনা: আমাদের বিশেষজ্ঞ বোর্ড।"), ("bn",)),
    Mutator("RV007", "reviewed in the future", replaced(LAST, "Last reviewed: 12 May 2029"), ("en",)),
    Mutator("RV007", "reviewed in the future (es)", replaced(LAST, "Última revisión: 12 de mayo de 2029"), ("es",)),
    Mutator("RV007", "reviewed in the future (bn)", replaced(LAST, "সর্বশেষ পর্যালোচনা: ২০২৯-০৫-১২"), ("bn",)),
    Mutator("RV007", "due before the review", replaced(r"2027-10-01", "2024-10-01")),
    Mutator("RV008", "reviewed seven years ago", replaced(BOTH, "Last reviewed: 2019-10-01"), ("en",)),
    Mutator("RV008", "reviewed seven years ago (es)", replaced(BOTH, "Última revisión: 1 de octubre de 2019"), ("es",)),
    Mutator("RV008", "reviewed seven years ago (bn)", replaced(BOTH, "সর্বশেষ পর্যালোচনা: ২০১৯-১০-০১"), ("bn",)),
    Mutator("RV009", "a dead mark", paragraph("This site complies with the HONcode standard for trustworthy health information.", "We are HONcode certified.", "Certified by the Health On the Net Foundation.")),
    Mutator("RV010", "dated recently (en)", replaced(BOTH, "This page was recently updated.", "Last updated: recently", "Reviewed regularly"), ("en",)),
    Mutator("RV010", "dated recently (es)", replaced(BOTH, "Página actualizada recientemente."), ("es",)),
    Mutator("RV010", "dated recently (bn)", replaced(BOTH, "এই লেখা সম্প্রতি পর্যালোচনা করা হয়েছে।"), ("bn",)),
    Mutator("RV011", "numbers for a month", replaced(LAST, "Last reviewed: 05/06/2026", "Last reviewed on 3-4-2026"), ("en",)),
]  # fmt: skip
