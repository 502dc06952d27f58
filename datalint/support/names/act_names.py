"""Names of dialogue acts: what is done by a turn of a dialogue."""

from __future__ import annotations

from typing import Final

#: Labels of SWBD-DAMSL, DSTC2, DailyDialog and ISO 24617-2, and names in words, in lower case.
ACTS: Final = frozenset(
    """sd b sv aa % ba qy x ny fc qw nn bk h qy^d o fo bf ^q bh na ad ^2 b^m qo qh ^h ar ng br no fp qrr arp nd t3 oo cc
    co t1 bd aap am ^g qw^d fa ft + fo_o_fw_"_by_bc fo_o_fw_by_bc oo_co_cc arp_nd aap_am
    inform request thankyou reqalts bye hello affirm negate confirm deny ack repeat reqmore restart null
    question directive commissive statement opinion backchannel acknowledge acknowledgement agreement agree disagree
    disagreement greeting greet goodbye thanking thanks apology apologize accept reject offer suggest suggestion commit
    clarify answer yes-no-question wh-question open-question declarative-question rhetorical-question affirmation
    statement-opinion statement-non-opinion statement-nonopinion non-opinion yes-answers no-answers conventional-closing
    conventional-opening hedge appreciation completion uninterpretable abandoned signal-non-understanding
    autopositive autonegative allopositive turntake turnkeep turngrab stalling propositionalquestion setquestion
    checkquestion choicequestion answer-yes answer-no initialgreeting returngreeting thank hold none other""".split()
)
