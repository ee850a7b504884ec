#include "services/fee/api/convert.h"

#include <algorithm>

#include <fmt/format.h>

#include "libs/rpc/enums.h"
#include "libs/rpc/time.h"

namespace bordergate::fee {
namespace {

using rpc::FromProtoEnum;
using rpc::ToInstant;
using rpc::ToProtoEnum;
using rpc::ToTimestamp;

constexpr int kHsCodesMax = 50;
constexpr int64_t kLoadMax_kg = 120'000;

std::optional<Direction> ToDirection(common::v1::Direction direction) {
  return FromProtoEnum<Direction>(direction, common::v1::Direction_MAX);
}

// Unspecified means both; a value that is none must not mean that.
void CheckDirection(common::v1::Direction direction, const std::string& field, FieldChecks& checks) {
  checks.Require(common::v1::Direction_IsValid(direction), field, "DIRECTION_UNKNOWN",
                 "must be DIRECTION_EXPORT, DIRECTION_IMPORT, or unspecified for both");
}

bool IsHsCode(std::string_view text) {
  const bool digits = text.find_first_not_of("0123456789") == std::string_view::npos;
  const std::string_view chapter = text.substr(0, 2);
  return digits && (text.size() == 6 || text.size() == 8) && chapter != "00" && chapter != "77" &&
         chapter <= "97";
}

}  // namespace

v1::Tariff ToProto(const Tariff& tariff) {
  v1::Tariff proto;
  proto.set_gate_id(tariff.gate_id);
  proto.set_version(tariff.version);
  if (tariff.effective_time) *proto.mutable_effective_time() = ToTimestamp(*tariff.effective_time);
  for (const TariffLine& line : tariff.lines) {
    v1::Tariff::Line& part = *proto.add_lines();
    part.set_line_id(line.line_id);
    part.set_direction(ToProtoEnum<common::v1::Direction>(line.direction));
    for (const std::string& regime : line.regimes) part.add_regimes(regime);
    part.set_perishable_only(line.perishable_only);
    part.set_gross_mass_from_kg(line.gross_mass_from_kg);
    part.set_gross_mass_below_kg(line.gross_mass_below_kg);
    part.set_container_only(line.container_only);
    part.set_amount_dong(line.amount_dong);
    part.set_title_vi(line.title_vi);
  }
  for (const Coefficient& coefficient : tariff.coefficients) {
    v1::Tariff::Coefficient& part = *proto.add_coefficients();
    part.set_coefficient_id(coefficient.coefficient_id);
    part.set_direction(ToProtoEnum<common::v1::Direction>(coefficient.direction));
    for (const std::string& regime : coefficient.regimes) part.add_regimes(regime);
    for (const std::string& chapter : coefficient.hs_chapters) part.add_hs_chapters(chapter);
    part.set_permille(coefficient.permille);
    part.set_title_vi(coefficient.title_vi);
  }
  proto.set_source(tariff.source);
  proto.set_author(tariff.author);
  proto.set_reason(tariff.reason);
  *proto.mutable_create_time() = ToTimestamp(tariff.create_time);
  return proto;
}

v1::InvoiceLine ToProto(const InvoiceLine& line) {
  v1::InvoiceLine proto;
  proto.set_code(line.code);
  proto.set_title_vi(line.title_vi);
  proto.set_permille(line.permille);
  proto.set_amount_dong(line.amount_dong);
  return proto;
}

v1::Invoice ToProto(const Invoice& invoice) {
  v1::Invoice proto;
  proto.set_invoice_id(invoice.id.value());
  proto.set_trip_id(invoice.trip_id.value());
  proto.set_enterprise_id(invoice.enterprise_id.value());
  proto.set_gate_id(invoice.gate_id);
  for (const InvoiceLine& line : invoice.lines) *proto.add_lines() = ToProto(line);
  proto.set_amount_dong(invoice.amount_dong);
  proto.set_paid_dong(invoice.paid_dong);
  proto.set_refund_dong(invoice.refund_dong);
  proto.set_state(ToProtoEnum<v1::Invoice::State>(invoice.state));
  proto.set_tariff_version(invoice.tariff_version);
  *proto.mutable_issue_time() = ToTimestamp(invoice.issue_time);
  if (invoice.settle_time) *proto.mutable_settle_time() = ToTimestamp(*invoice.settle_time);
  proto.set_exempt_reason(invoice.exempt_reason);
  return proto;
}

v1::Payment ToProto(const Payment& payment) {
  v1::Payment proto;
  proto.set_payment_id(payment.id.value());
  proto.set_invoice_id(payment.invoice_id);
  proto.set_bank_id(payment.bank_id);
  proto.set_bank_reference(payment.bank_reference);
  proto.set_amount_dong(payment.amount_dong);
  proto.set_state(ToProtoEnum<v1::Payment::State>(payment.state));
  *proto.mutable_book_time() = ToTimestamp(payment.book_time);
  *proto.mutable_receive_time() = ToTimestamp(payment.receive_time);
  return proto;
}

Tariff FromProto(const v1::PutTariffRequest& request, FieldChecks& checks) {
  Tariff tariff{.gate_id = request.gate_id(), .source = request.source(), .reason = request.reason()};
  if (request.has_effective_time()) tariff.effective_time = ToInstant(request.effective_time());
  for (int i = 0; i < request.lines_size(); ++i) {
    const v1::Tariff::Line& part = request.lines(i);
    CheckDirection(part.direction(), fmt::format("lines[{}].direction", i), checks);
    tariff.lines.push_back({.line_id = part.line_id(),
                            .direction = ToDirection(part.direction()),
                            .regimes = {part.regimes().begin(), part.regimes().end()},
                            .perishable_only = part.perishable_only(),
                            .gross_mass_from_kg = part.gross_mass_from_kg(),
                            .gross_mass_below_kg = part.gross_mass_below_kg(),
                            .container_only = part.container_only(),
                            .amount_dong = part.amount_dong(),
                            .title_vi = part.title_vi()});
  }
  for (int i = 0; i < request.coefficients_size(); ++i) {
    const v1::Tariff::Coefficient& part = request.coefficients(i);
    CheckDirection(part.direction(), fmt::format("coefficients[{}].direction", i), checks);
    tariff.coefficients.push_back({.coefficient_id = part.coefficient_id(),
                                   .direction = ToDirection(part.direction()),
                                   .regimes = {part.regimes().begin(), part.regimes().end()},
                                   .hs_chapters = {part.hs_chapters().begin(), part.hs_chapters().end()},
                                   .permille = part.permille(),
                                   .title_vi = part.title_vi()});
  }
  return tariff;
}

Load FromProto(const v1::QuoteFeeRequest& request, FieldChecks& checks) {
  checks.Require(IsGateId(request.gate_id()), "gate_id", "GATE_ID_INVALID",
                 "must be 2 to 40 characters of a to z, digits and hyphen, for example huu-nghi");
  const std::optional<Direction> direction = ToDirection(request.direction());
  checks.Require(direction.has_value(), "direction", "FIELD_REQUIRED",
                 "must be DIRECTION_EXPORT or DIRECTION_IMPORT");
  const auto regimes = RegimeNames();
  checks.Require(std::find(regimes.begin(), regimes.end(), request.regime()) != regimes.end(), "regime",
                 "REGIME_UNKNOWN", "must be the name of a customs regime, for example REGIME_EXPORT");
  checks.Require(request.hs_codes_size() >= 1 && request.hs_codes_size() <= kHsCodesMax, "hs_codes",
                 "HS_CODE_COUNT_INVALID", fmt::format("must be 1 to {}", kHsCodesMax));
  for (int i = 0; i < std::min(request.hs_codes_size(), kHsCodesMax); ++i) {
    checks.Require(IsHsCode(request.hs_codes(i)), fmt::format("hs_codes[{}]", i), "HS_CODE_INVALID",
                   "must be 6 or 8 digits of a chapter from 01 to 97 except 77, for example 08106000");
  }
  checks.Number("gross_mass_kg", request.gross_mass_kg(), 1, kLoadMax_kg);
  return {.direction = direction.value_or(Direction::kExport),
          .regime = request.regime(),
          .hs_codes = {request.hs_codes().begin(), request.hs_codes().end()},
          .gross_mass_kg = request.gross_mass_kg(),
          .has_container = request.has_container()};
}

Notice FromProto(const v1::ReceivePaymentRequest& request) {
  Notice notice{.bank_id = request.bank_id(),
                .bank_reference = request.bank_reference(),
                .invoice_id = request.invoice_id(),
                .amount_dong = request.amount_dong(),
                .signature = request.signature()};
  if (request.has_book_time()) notice.book_time = ToInstant(request.book_time());
  if (request.has_sign_time()) notice.sign_time = ToInstant(request.sign_time());
  return notice;
}

Viewer ToViewer(const rpc::Caller& caller) {
  if (caller.Has(common::v1::ROLE_ENTERPRISE)) return {.enterprise_id = Id<Enterprise>(caller.enterprise_id)};
  return {.gate_ids = caller.gate_ids};
}

std::string ProtoEventBodies::Of(const Tariff& tariff) const {
  v1::FeeEvent event;
  *event.mutable_tariff() = ToProto(tariff);
  return event.SerializeAsString();
}

std::string ProtoEventBodies::Of(const Invoice& invoice) const {
  v1::FeeEvent event;
  *event.mutable_invoice() = ToProto(invoice);
  return event.SerializeAsString();
}

std::string ProtoEventBodies::Of(const Payment& payment) const {
  v1::FeeEvent event;
  *event.mutable_payment() = ToProto(payment);
  return event.SerializeAsString();
}

}  // namespace bordergate::fee
