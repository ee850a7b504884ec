import board from "./board.json" with { type: "json" };
import clients from "./clients.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import declare from "./declare.json" with { type: "json" };
import enterprise from "./enterprise.json" with { type: "json" };
import events from "./events.json" with { type: "json" };
import lanes from "./lanes.json" with { type: "json" };
import passages from "./passages.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import reasons from "./reasons.json" with { type: "json" };
import rules from "./rules.json" with { type: "json" };
import session from "./session.json" with { type: "json" };
import start from "./start.json" with { type: "json" };
import trips from "./trips.json" with { type: "json" };
import yard from "./yard.json" with { type: "json" };

export default {
  common,
  lanes,
  trips,
  declare,
  passages,
  session,
  start,
  reasons,
  events,
  board,
  rules,
  yard,
  people,
  clients,
  enterprise,
};
