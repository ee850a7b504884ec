// Counters, gauges and histograms in the Prometheus text format.
//
//   Counter opened = metrics.NewCounter("openings_total", "Openings by mode", {{"mode", "auto"}});
//   opened.Increment();
//
// A name is given without its prefix: the service's metrics are called bordergate_<service>_<name>. Labels
// come from closed sets. All names are pinned in tests/contract. Handles are cheap to copy, live as long as
// the Metrics, and are safe for use by several threads.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace bordergate {

class Counter {
 public:
  explicit Counter(prometheus::Counter* counter) : counter_(counter) {}
  void Increment(double by = 1) const;

 private:
  prometheus::Counter* counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge* gauge) : gauge_(gauge) {}
  void Set(double value) const;

 private:
  prometheus::Gauge* gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram* histogram) : histogram_(histogram) {}
  void Observe(double value) const;

 private:
  prometheus::Histogram* histogram_;
};

class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  explicit Metrics(std::string service);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // The same name and labels give the same metric again.
  Counter NewCounter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge NewGauge(std::string_view name, std::string_view help, const Labels& labels = {});
  //   bounds   upper bounds of the buckets, rising; a last one without bound is added
  Histogram NewHistogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                         const Labels& labels = {});

  // All metrics in the text format, resident memory and CPU seconds of the process included.
  std::string Text() const;

 private:
  struct State;
  std::string prefix_;
  std::unique_ptr<State> state_;
};

// Bounds in seconds for a call between processes: 0.5 ms to 10 s.
std::vector<double> CallDurationBounds();

}  // namespace bordergate
