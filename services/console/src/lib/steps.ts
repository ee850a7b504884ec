// The steps of a trip with what its workflow says of them: a title in the language and the role that acts.
import type { Language } from "./format.ts";
import type { Me, Step, Trip, Workflow, WorkflowStep } from "./wire.ts";

export interface TripStep extends Step {
  title: string;
  mine: boolean; // the signed-in person's role acts on it
}

// The steps of the trip in the workflow's order. Without the workflow the step's id stands for its title.
export function stepsOf(trip: Trip, workflows: Workflow[] | undefined, me: Me, language: Language): TripStep[] {
  const workflow = workflows?.find(
    (each) =>
      each.gate_id === trip.gate_id && each.direction === trip.direction && each.version === trip.workflow_version,
  );
  return trip.steps.map((step) => {
    const rule = workflow?.steps.find((each) => each.step_id === step.step_id);
    const mine = me.roles.some((role) => role === step.role);
    return { ...step, title: titleOf(rule, language) || step.step_id, mine };
  });
}

function titleOf(step: WorkflowStep | undefined, language: Language): string {
  if (!step) return "";
  return { vi: step.title_vi, en: step.title_en, zh: step.title_zh }[language] || step.title_vi;
}

// The title of a step in the newest workflow that has it; the id stands for a title that is not known.
export function stepTitle(workflows: Workflow[] | undefined, stepId: string, language: Language): string {
  for (const workflow of workflows ?? []) {
    const step = workflow.steps.find((each) => each.step_id === stepId);
    if (step) return titleOf(step, language);
  }
  return stepId;
}
