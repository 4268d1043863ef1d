"""What can go wrong with the rules that raise red flags."""

from crm_core.i18n.catalogue import mark

FLAGS: dict[str, str] = {
    "flag_rule_unknown": mark("There is no rule {value}. Known are: {known}."),
    "flag_reason": mark("Say why: the reason is kept with the rule. Nothing was changed."),
    "flag_limit": mark("{value} cannot be {name} of the rule {rule}. Nothing was changed."),
    "flag_clears": mark(
        "A flag cannot clear at {value} if {limit} raises it. Choose the same or less. Nothing was "
        "changed."
    ),
    "flag_no_replay": mark("The past of the rule {rule} cannot be told; see what it says of that."),
    "flag_days": mark("{value} days cannot be replayed. Choose 1 to {limit}."),
}
