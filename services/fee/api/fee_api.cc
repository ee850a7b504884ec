#include "services/fee/api/fee_api.h"

#include "libs/rpc/enums.h"
#include "libs/rpc/once.h"
#include "services/fee/api/convert.h"
#include "services/fee/domain/reasons.h"

namespace bordergate::fee {

using rpc::FromProtoEnum;
using rpc::RunOnce;

Result<v1::PutTariffResponse> FeeApi::PutTariff(const Call& call, const v1::PutTariffRequest& request) {
  FieldChecks checks;
  Tariff tariff = FromProto(request, checks);
  CheckTariff(tariff, checks);
  checks.Require(call.caller.MaySeeGate(tariff.gate_id), "gate_id", "GATE_NOT_YOURS",
                 "must be a gate you are posted to");
  BG_TRY(checks.Done());
  tariff.author = call.caller.subject_id;
  return RunOnce<v1::PutTariffResponse>(
      fees_, call, request, [&](FeeStore& store) -> Result<v1::PutTariffResponse> {
        FeeDesk desk(store, bodies_, ids_, call.origin(), clock_.Now());
        v1::PutTariffResponse response;
        *response.mutable_tariff() = ToProto(BG_TRY(desk.PutTariff(tariff)));
        BG_TRY(desk.Tell());
        return response;
      });
}

Result<v1::ListTariffsResponse> FeeApi::ListTariffs(const Call& call, const v1::ListTariffsRequest& request) {
  FieldChecks checks;
  const NumberPage page = ReadNumberPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListTariffsResponse response;
  BG_TRY(fees_.Read(call.deadline, [&](FeeStore& store) -> Result<void> {
    const auto tariffs = BG_TRY(store.ListTariffs(request.gate_id(), page));
    for (const Tariff& tariff : tariffs.items) *response.add_tariffs() = ToProto(tariff);
    response.set_next_page_token(PageToken(tariffs.last_key));
    return {};
  }));
  return response;
}

Result<v1::QuoteFeeResponse> FeeApi::QuoteFee(const Call& call, const v1::QuoteFeeRequest& request) {
  FieldChecks checks;
  const Load load = FromProto(request, checks);
  BG_TRY(checks.Done());
  v1::QuoteFeeResponse response;
  BG_TRY(fees_.Read(call.deadline, [&](FeeStore& store) -> Result<void> {
    const auto tariff = BG_TRY(store.TariffInForce(request.gate_id(), clock_.Now()));
    if (!tariff) return Error(kTariffNotFound, "no tariff of the gate is in force");
    const Price price = BG_TRY(PriceOf(*tariff, load));
    for (const InvoiceLine& line : price.lines) *response.add_lines() = ToProto(line);
    response.set_amount_dong(price.amount_dong);
    response.set_tariff_version(price.tariff_version);
    return {};
  }));
  return response;
}

Result<v1::GetInvoiceResponse> FeeApi::GetInvoice(const Call& call, const v1::GetInvoiceRequest& request) {
  const Viewer viewer = ToViewer(call.caller);
  v1::GetInvoiceResponse response;
  BG_TRY(fees_.Read(call.deadline, [&](FeeStore& store) -> Result<void> {
    const Invoice invoice = BG_TRY(store.FindInvoice(Id<Invoice>(request.invoice_id())));
    if (!viewer.MaySee(invoice)) return Error(kInvoiceNotFound, "there is no such invoice");
    *response.mutable_invoice() = ToProto(invoice);
    return {};
  }));
  return response;
}

Result<v1::ListInvoicesResponse> FeeApi::ListInvoices(const Call& call,
                                                      const v1::ListInvoicesRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  const InvoiceFilter filter{.viewer = ToViewer(call.caller),
                             .trip_id = request.trip_id(),
                             .state = FromProtoEnum<InvoiceState>(request.state(), v1::Invoice::State_MAX)};
  v1::ListInvoicesResponse response;
  BG_TRY(fees_.Read(call.deadline, [&](FeeStore& store) -> Result<void> {
    const auto invoices = BG_TRY(store.ListInvoices(filter, page));
    for (const Invoice& invoice : invoices.items) *response.add_invoices() = ToProto(invoice);
    response.set_next_page_token(PageToken(invoices.last_key));
    return {};
  }));
  return response;
}

Result<v1::ExemptInvoiceResponse> FeeApi::ExemptInvoice(const Call& call,
                                                        const v1::ExemptInvoiceRequest& request) {
  FieldChecks checks;
  checks.Text("reason", request.reason(), {.length_min = 3, .length_max = 500});
  BG_TRY(checks.Done());
  return RunOnce<v1::ExemptInvoiceResponse>(
      fees_, call, request, [&](FeeStore& store) -> Result<v1::ExemptInvoiceResponse> {
        FeeDesk desk(store, bodies_, ids_, call.origin(), clock_.Now());
        v1::ExemptInvoiceResponse response;
        *response.mutable_invoice() = ToProto(
            BG_TRY(desk.Release(Id<Invoice>(request.invoice_id()), ToViewer(call.caller), request.reason())));
        BG_TRY(desk.Tell());
        return response;
      });
}

Result<v1::ReceivePaymentResponse> FeeApi::ReceivePayment(const Call& call,
                                                          const v1::ReceivePaymentRequest& request) {
  const Notice notice = FromProto(request);
  FieldChecks checks;
  CheckNotice(notice, checks);
  BG_TRY(checks.Done());
  BG_TRY(Verify(notice, banks_, clock_.Now()));
  v1::ReceivePaymentResponse response;
  // The signature says who asks; whoever carried the notice does not matter.
  const Origin origin{"bank:" + notice.bank_id, call.trace.trace_id};
  BG_TRY(fees_.Change(call.deadline, [&](FeeStore& store) -> Result<void> {
    FeeDesk desk(store, bodies_, ids_, origin, clock_.Now());
    *response.mutable_payment() = ToProto(BG_TRY(desk.Receive(notice)));
    return desk.Tell();
  }));
  return response;
}

Result<v1::ListPaymentsResponse> FeeApi::ListPayments(const Call& call,
                                                      const v1::ListPaymentsRequest& request) {
  FieldChecks checks;
  const Page page = ReadPage(checks, request.page_size(), request.page_token());
  BG_TRY(checks.Done());
  v1::ListPaymentsResponse response;
  BG_TRY(fees_.Read(call.deadline, [&](FeeStore& store) -> Result<void> {
    const auto payments = BG_TRY(
        store.ListPayments(FromProtoEnum<PaymentState>(request.state(), v1::Payment::State_MAX), page));
    for (const Payment& payment : payments.items) *response.add_payments() = ToProto(payment);
    response.set_next_page_token(PageToken(payments.last_key));
    return {};
  }));
  return response;
}

}  // namespace bordergate::fee
