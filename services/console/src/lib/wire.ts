// The messages of the REST interface that the console uses, under the names it calls them by. The types are made from the
// gateway's OpenAPI document (npm run types) and so from the protos. JSON as the gateway writes it: 64-bit integers as
// strings, times RFC 3339, an unset message left out.
import type * as api from "@/generated/types.gen.ts";

// The generated types have no Role without meaning; an account never holds it.
export type Role = Exclude<api.CommonRole, "ROLE_UNSPECIFIED">;
export type Me = Omit<api.IdentityGetMeResponse, "roles"> & { roles: Role[] };

export type Person = Omit<api.IdentityPerson, "roles"> & { roles: Role[] };
export type ApiClient = api.IdentityApiClient;
export type CreatePersonBody = NonNullable<api.IdentityCreatePersonData["body"]>;
export type SignUpBody = NonNullable<api.IdentitySignUpData["body"]>;
export type SetPersonRolesBody = NonNullable<api.IdentitySetPersonRolesData["body"]>;
export type CreateApiClientBody = NonNullable<api.IdentityCreateApiClientData["body"]>;

export type Reason = api.LaneReason;
export type Decision = api.LaneDecision;
export type Lane = api.LaneLane;
export type Still = api.CameraWatchStillsResponse;
export type Mode = api.LaneMode;
export type LaneState = api.LaneLaneState;
export type BarrierPosition = api.LaneBarrierPosition;
export type BarrierCommand = api.LaneBarrierCommand;
export type OpenBarrierBody = NonNullable<api.LaneOpenBarrierData["body"]>;
export type RefuseVehicleBody = NonNullable<api.LaneRefuseVehicleData["body"]>;
export type SetLaneModeBody = NonNullable<api.LaneSetLaneModeData["body"]>;

export type CheckpointRule = api.LaneCheckpointRule;
export type OpeningHours = api.LaneOpeningHours;
export type RuleTrial = api.LaneRuleTrial;
export type PutCheckpointRuleBody = NonNullable<api.LanePutCheckpointRuleData["body"]>;
export type TryCheckpointRuleBody = NonNullable<api.LaneTryCheckpointRuleData["body"]>;

export type Trip = api.CustomsTrip;
export type TripState = api.CustomsTripState;
export type Step = api.CustomsStep;
export type GoodsLine = api.CustomsGoodsLine;
export type Quarantine = api.CustomsQuarantine;
export type Workflow = api.CustomsWorkflow;
export type WorkflowStep = api.CustomsWorkflowStep;

export type Direction = api.CommonDirection;
export type Regime = api.CustomsRegime;
export type DeclareTripBody = NonNullable<api.CustomsDeclareTripData["body"]>;

export type Vehicle = api.VehicleVehicle;
export type Driver = api.VehicleDriver;
export type RegisterVehicleBody = NonNullable<api.VehicleRegisterVehicleData["body"]>;
export type SetVehicleTagBody = NonNullable<api.VehicleSetVehicleTagData["body"]>;
export type RegisterDriverBody = NonNullable<api.VehicleRegisterDriverData["body"]>;
export type Enterprise = api.VehicleEnterprise;
export type RegisterEnterpriseBody = NonNullable<api.VehicleRegisterEnterpriseData["body"]>;
export type Invoice = api.FeeInvoice;
export type Ticket = api.YardTicket;
export type HoldingPlan = api.YardHoldingPlan;
export type Yard = api.YardYard;

export type PassageRow = api.ReportPassageRow;
export type TimelineEntry = api.ReportTimelineEntry;
export type Board = api.ReportGetBoardResponse;
export type BoardGate = api.ReportBoardGate;
