// Between the rules' types and the contract's.
#pragma once

#include "bordergate/lane/v1/lane_service.pb.h"

#include "libs/core/result.h"
#include "services/lane/domain/event_bodies.h"
#include "services/lane/domain/plate_read.h"
#include "services/lane/domain/rule_trial.h"
#include "services/lane/domain/tag_read.h"

namespace bordergate::lane {

v1::Reason ToProto(const Cause& cause);
v1::Decision ToProto(const Decision& decision);
v1::Passage ToProto(const Passage& passage);
v1::Lane ToProto(const LaneView& view);
v1::CheckpointRule ToProto(const CheckpointRule& rule);
v1::RuleTrial ToProto(const RuleTrial& trial);
v1::Mode ToProto(Mode mode);
common::v1::Direction ToProto(Direction direction);

// A read as the rules take it.
//   errors   INVALID_FIELD (a field breaks its rule in the proto; the plate fits no grammar)
Result<PlateRead> FromProto(const v1::PlateRead& read);
//   errors   INVALID_FIELD (likewise; the number or its check digit is wrong)
Result<PlateRead> FromProto(const v1::ContainerRead& read);
//   errors   INVALID_FIELD
Result<TagRead> FromProto(const v1::TagRead& read);
// Also judges whose word it is; what is not customs' comes with its fault, not as an error.
Result<SlipRead> FromProto(const v1::SlipRead& read, const FindSlipKey& find_key);

// The reason_code of a read that was not used; empty for one that was.
std::string ReasonCode(ReadUse use);

class ProtoEventBodies final : public EventBodies {
 public:
  std::string Of(const Decision& decision) const override;
  std::string Of(const Passage& passage) const override;
  std::string Of(const LaneView& lane) const override;
  std::string Of(const CheckpointRule& rule) const override;
};

}  // namespace bordergate::lane
