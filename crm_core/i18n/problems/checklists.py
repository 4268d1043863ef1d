"""What can go wrong with filling in checklists."""

from crm_core.i18n.catalogue import mark

CHECKLISTS: dict[str, str] = {
    "checklist_unknown": mark("There is no checklist {value}. Known are: {known}."),
    "checklist_edition": mark(
        "Version {value} of this checklist is taken, with other content. Call yours version "
        "{least} or higher."
    ),
    "assessment_owner": mark("Say who looks after it. They answer first."),
    "assessment_unknown": mark("There is no assessment {id}. Reload the page."),
    "assessment_changed": mark(
        "Somebody changed {id} meanwhile. Nothing was overwritten: look at it as it is now, then "
        "try again."
    ),
    "assessment_closed": mark("{id} is closed; nothing in it changes any more. Begin a new one."),
    "assessment_not_open": mark(
        "{id} takes no answers now. It can be returned by who looks after it; then it does again."
    ),
    "assessment_move": mark("{id} cannot go that way from where it is. Reload the page."),
    "assessment_scope": mark("This checklist is not for {value}. It is for: {known}."),
    "assessment_subject": mark(
        "Say which department, vendor or phase this is about; for the programme as a whole, "
        "nothing."
    ),
    "assessment_names": mark(
        "People were promised that their names are not shown. That cannot be taken back; begin a "
        "new assessment."
    ),
    "assessment_newest": mark("{id} has the newest version of its checklist already."),
    "checklist_form": mark(
        "{path}: written are .yaml (a checklist), .xlsx, .docx and .pdf (an assessment). Choose "
        "one of these."
    ),
    "checklist_other": mark(
        "The file holds the checklist {found}, not {value}. Choose another file."
    ),
    "answers_no_sheet": mark(
        "{file} has no sheet of answers with the columns that were in it. Take it away anew and "
        "fill that in."
    ),
    "answers_column_twice": mark(
        "The sheet {sheet} has the column {column} twice, so that nobody can tell which holds. "
        "Take one out."
    ),
    "answers_person": mark(
        "{value} is nobody who answers this assessment. Leave that column as it was."
    ),
    "answers_choice": mark(
        "{value} is none of the answers to this question. Choose one from the list."
    ),
    "answers_handed_in": mark(
        "This person has handed in. Open the sheet for them again, then bring the file back."
    ),
    "answers_note_alone": mark("There is a note without an answer. Answer too."),
    "respondent_private": mark(
        "This person was promised that their name is not shown, so their sheet is theirs alone."
    ),
    "assessment_none": mark("Nobody has filled in the checklist {value} yet. Begin it first."),
    "assessment_not_by": mark("{id} is not by the checklist {value}. Name the one it is by."),
    "assessment_other": mark(
        "{id} and {other} are by different checklists. Choose two by the same one."
    ),
    "respondent_unknown": mark("This person answers here no longer. Ask who sent you the link."),
    "respondent_changed": mark(
        "Somebody changed what is kept about {name} meanwhile. Look again, then save."
    ),
    "respondent_answered": mark(
        "{name} has answered already; taking them out would lose that. Leave them in."
    ),
    "respondent_voice": mark("{value} is no group of people here. Known are: {known}."),
    "respondent_section": mark("The checklist has no section {value}. Known are: {known}."),
    "respondent_most": mark("At most {limit} people answer an assessment."),
    "judgement_value": mark("{value} lies outside {least} to {most}."),
    "judgement_unscored": mark(
        "Not saved yet: what a score rests on stands without a score at {criterion}. Give the "
        "score, or clear the words."
    ),
    "judgement_unknown": mark("There is no row {id} any more. Reload the page."),
    "judgement_itself": mark("{id} cannot be compared with itself."),
    "judgement_changed": mark(
        "What {name} says was changed meanwhile, in another window or by somebody else. Nothing "
        "was overwritten: look at it as it is now."
    ),
    "link_wrong": mark(
        "This link is not complete. Open it from the message once more, or ask for it."
    ),
    "link_expired": mark("This link was good until {day}. Ask who sent it for a new one."),
    "link_replaced": mark("This link was replaced by a newer one. Use that, or ask for it."),
    "link_days": mark("A link is good for 1 to {limit} days."),
    "invite_no_address": mark(
        "Nobody could open the link: say under Settings at which address others reach this app."
    ),
    "invite_no_email": mark("{name} has no e-mail address. Add one, or hand the link over."),
    "answer_applies": mark("This always applies. Choose an answer."),
    "answer_none": mark("Choose at least one answer."),
    "answer_unknown": mark("{value} is none of the answers: {known}."),
    "answer_alone": mark("{value} stands alone, once. Take the others out, or this one."),
    "answer_item": mark("The question {value} is not among yours. Reload the page."),
    "answer_changed": mark(
        "{by} answered this otherwise at {at}. Nothing was overwritten: look at that answer, then "
        "decide."
    ),
    "answer_submitted": mark(
        "You handed this in already. Ask who looks after it to open it for you again."
    ),
    "evidence_nothing": mark("Choose a file or write a link."),
    "evidence_empty": mark("{file} is empty. Choose another file."),
    "evidence_too_large": mark("{file} has more than {limit} MB. Give a link to it."),
    "evidence_most": mark("At most {limit} files and links stand by an answer."),
    "evidence_unanswered": mark("Answer first, then show what proves it."),
    "evidence_unknown": mark("This file or link is no longer there. Reload the page."),
    "evidence_spoiled": mark(
        "The file that is kept is not the one that was given. Tell your administrator."
    ),
}
