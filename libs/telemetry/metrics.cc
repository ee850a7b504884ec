#include "libs/telemetry/metrics.h"

#include <cstdio>
#include <mutex>

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bordergate {

struct Metrics::State {
  std::mutex mutex;
  prometheus::Registry registry;
  std::map<std::string, prometheus::Family<prometheus::Counter>*> counters;
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> gauges;
  std::map<std::string, prometheus::Family<prometheus::Histogram>*> histograms;

  template <class Kind, class Build>
  prometheus::Family<Kind>& FamilyOf(std::map<std::string, prometheus::Family<Kind>*>& families,
                                     const std::string& name, std::string_view help, Build build) {
    prometheus::Family<Kind>*& family = families[name];
    if (family == nullptr) family = &build().Name(name).Help(std::string(help)).Register(registry);
    return *family;
  }
};

namespace {

double ResidentBytes() {
  long total = 0;
  long resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

}  // namespace

void Counter::Increment(double by) const { counter_->Increment(by); }
void Gauge::Set(double value) const { gauge_->Set(value); }
void Histogram::Observe(double value) const { histogram_->Observe(value); }

Metrics::Metrics(std::string service)
    : prefix_("bordergate_" + std::move(service) + "_"), state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter Metrics::NewCounter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  return Counter(
      &state_->FamilyOf(state_->counters, prefix_ + std::string(name), help, prometheus::BuildCounter)
           .Add(labels));
}

Gauge Metrics::NewGauge(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  return Gauge(&state_->FamilyOf(state_->gauges, prefix_ + std::string(name), help, prometheus::BuildGauge)
                    .Add(labels));
}

Histogram Metrics::NewHistogram(std::string_view name, std::string_view help,
                                const std::vector<double>& bounds, const Labels& labels) {
  const std::lock_guard lock(state_->mutex);
  return Histogram(
      &state_->FamilyOf(state_->histograms, prefix_ + std::string(name), help, prometheus::BuildHistogram)
           .Add(labels, bounds));
}

std::string Metrics::Text() const {
  const std::string own = prometheus::TextSerializer().Serialize(state_->registry.Collect());
  return own + fmt::format(
                   "# TYPE {0}resident_memory_bytes gauge\n{0}resident_memory_bytes {1:.0f}\n"
                   "# TYPE {0}cpu_seconds_total counter\n{0}cpu_seconds_total {2:.3f}\n",
                   prefix_, ResidentBytes(), CpuSeconds());
}

std::vector<double> CallDurationBounds() {
  return {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
}

}  // namespace bordergate
