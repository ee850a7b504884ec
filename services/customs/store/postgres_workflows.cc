// The part of PostgresTripStore that keeps workflows.
#include "libs/core/reasons.h"
#include "libs/db/text_array.h"
#include "services/customs/store/names.h"
#include "services/customs/store/postgres_trip_store.h"

namespace bordergate::customs {
namespace {

using db::FromArray;
using db::NameOf;
using db::Row;
using db::Rows;
using db::ToArray;
using db::ValueOf;

std::vector<std::string> RegimeNames(const std::vector<std::optional<Regime>>& regimes) {
  std::vector<std::string> names;
  names.reserve(regimes.size());
  for (const auto& regime : regimes) names.emplace_back(NameOf(kRegimeNames, *regime));
  return names;
}

WorkflowStep ToWorkflowStep(const Row& row) {
  WorkflowStep step{.step_id = row.Text("step_id"),
                    .role = row.Text("role"),
                    .after = FromArray(row.Text("after_step_ids")),
                    .title_vi = row.Text("title_vi"),
                    .title_en = row.Text("title_en"),
                    .title_zh = row.Text("title_zh"),
                    .perishable_only = row.Flag("perishable_only")};
  const std::vector<std::string> names = FromArray(row.Text("regimes"));
  for (const std::string& name : names) step.regimes.emplace_back(ValueOf<Regime>(kRegimeNames, name));
  return step;
}

Workflow ToWorkflow(const Row& row) {
  return {.gate_id = row.Text("gate_id"),
          .direction = ValueOf<Direction>(kDirectionNames, row.Text("direction")),
          .version = static_cast<int>(row.Integer("version")),
          .author = row.Text("author"),
          .reason = row.Text("reason"),
          .create_time = row.Time("create_time")};
}

}  // namespace

Result<Workflow> PostgresTripStore::AddWorkflow(Workflow workflow) {
  // Two new versions at one time: the second breaks the constraint and is run again.
  const auto inserted = transaction().Execute(
      "INSERT INTO workflows (gate_id, direction, version, author, reason, create_time) "
      "SELECT $1::text, $2::text, coalesce(max(version), 0) + 1, $3::text, $4::text, $5::timestamptz FROM "
      "workflows "
      "WHERE gate_id = $1 AND direction = $2 "
      "RETURNING workflow_id, version",
      {workflow.gate_id, NameOf(kDirectionNames, *workflow.direction), workflow.author, workflow.reason,
       workflow.create_time});
  BG_TRY(db::Stored(inserted, {{"workflows_version", Error(kConflict, "another version came first")}}));
  workflow.version = static_cast<int>(inserted->front().Integer("version"));
  const int64_t workflow_id = inserted->front().Integer("workflow_id");
  for (size_t i = 0; i < workflow.steps.size(); ++i) {
    const WorkflowStep& step = workflow.steps[i];
    BG_TRY(transaction().Execute(
        "INSERT INTO workflow_steps (workflow_id, position, step_id, role, after_step_ids, title_vi, "
        "title_en, "
        "title_zh, regimes, perishable_only) VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9::text[], "
        "$10)",
        {workflow_id, static_cast<int64_t>(i), step.step_id, step.role, ToArray(step.after), step.title_vi,
         step.title_en, step.title_zh, ToArray(RegimeNames(step.regimes)), step.perishable_only}));
  }
  return workflow;
}

Result<std::optional<Workflow>> PostgresTripStore::CurrentWorkflow(std::string_view gate_id,
                                                                   Direction direction) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM workflows WHERE gate_id = $1 AND direction = $2 ORDER BY version DESC LIMIT 1",
      {gate_id, NameOf(kDirectionNames, direction)}));
  if (rows.empty()) return std::optional<Workflow>();
  Workflow workflow = ToWorkflow(rows.front());
  workflow.steps = BG_TRY(StepsOf(rows.front().Integer("workflow_id")));
  return std::optional(std::move(workflow));
}

Result<PageOf<Workflow>> PostgresTripStore::ListWorkflows(std::string_view gate_id, const NumberPage& page) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM workflows WHERE ($1 = '' OR gate_id = $1) AND ($2::bigint = 0 OR workflow_id < $2) "
      "ORDER BY workflow_id DESC LIMIT $3",
      {gate_id, page.after, page.size + 1}));
  PageOf<Workflow> workflows;
  for (const Row row : rows) {
    if (workflows.items.size() == static_cast<size_t>(page.size)) break;
    Workflow workflow = ToWorkflow(row);
    workflow.steps = BG_TRY(StepsOf(row.Integer("workflow_id")));
    workflows.items.push_back(std::move(workflow));
  }
  if (rows.size() > workflows.items.size()) {
    workflows.last_key = rows[workflows.items.size() - 1].Text("workflow_id");
  }
  return workflows;
}

Result<std::vector<WorkflowStep>> PostgresTripStore::StepsOf(int64_t workflow_id) {
  const Rows rows = BG_TRY(transaction().Execute(
      "SELECT * FROM workflow_steps WHERE workflow_id = $1 ORDER BY position", {workflow_id}));
  std::vector<WorkflowStep> steps;
  for (const Row row : rows) steps.push_back(ToWorkflowStep(row));
  return steps;
}

}  // namespace bordergate::customs
