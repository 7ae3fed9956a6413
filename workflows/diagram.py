"""A workflow as a Mermaid state diagram, for the documentation."""

from workflows.definition import BACK, STAY, Workflow


def mermaid(workflow: Workflow) -> str:
    """Return the state diagram of ``workflow``; transitions that stay are left out.

    One that goes back to where the request was is drawn as a loop that says so.
    """
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.start}: submit"]
    lines += [f"    {stage.name}: {stage.label}" for stage in workflow.stages]
    for transition in workflow.transitions:
        who = ", ".join(party.label for party in transition.by)
        if transition.target == BACK:
            lines += [
                f"    {source} --> {source}: {transition.name}, back to where it was ({who})"
                for source in transition.source
            ]
        elif transition.target != STAY:
            lines += [
                f"    {source} --> {transition.target}: {transition.name} ({who})"
                for source in transition.source
            ]
    for stage in workflow.stages:
        if stage.skip_to is not None:
            why = f"not {stage.only_if.name}" if stage.only_if else "at once"
            lines.append(f"    {stage.name} --> {stage.skip_to}: {why}")
        if stage.final:
            lines.append(f"    {stage.name} --> [*]")
    return "\n".join(lines)
