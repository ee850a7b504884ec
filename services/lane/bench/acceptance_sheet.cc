#include "services/lane/bench/acceptance_sheet.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "libs/core/digest.h"
#include "services/lane/bench/bench_reasons.h"
#include "services/lane/bench/bench_session.h"

namespace bordergate::lane {
namespace {

// In points, as PDF counts.
constexpr double kWidth = 595, kHeight = 842, kMargin = 42, kPad = 4;
constexpr double kFoot = kHeight - kMargin, kSignatures = 120;
constexpr const char* kFont = "DejaVu Sans, Noto Sans CJK SC";
constexpr std::array<std::pair<const char*, const char*>, 2> kFonts = {
    {{"DejaVu Sans", "fonts-dejavu-core"}, {"Noto Sans CJK SC", "fonts-noto-cjk"}}};
struct Column {
  double x, width;
};
constexpr Column kStep{kMargin, 175}, kOutcome{kMargin + 175, 70}, kFinding{kMargin + 245, 190},
    kTime{kMargin + 435, 76};

// A missing font would be replaced by another one without a word.
Result<void> CheckFonts() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  std::set<std::string> installed;
  for (int i = 0; i < count; ++i) installed.insert(pango_font_family_get_name(families[i]));
  g_free(static_cast<void*>(families));
  for (const auto& [family, package] : kFonts) {
    if (!installed.contains(family))
      return Error(kBenchSheetUnwritable,
                   fmt::format("the font {} (package {}) is not installed", family, package));
  }
  return {};
}

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

class Painter {
 public:
  Painter(const BenchRecord& record, const BenchTexts& texts, Language language, const std::string& file)
      : record_(record),
        texts_(texts),
        language_(language),
        digest_(Hex(Sha256(ToJson(record)))),
        surface_(cairo_pdf_surface_create(file.c_str(), kWidth, kHeight)),
        context_(cairo_create(surface_.get())) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                   fmt::format("{} {}", Say("sheet.title"), record.lane_id).c_str());
  }

  void Paint() {
    Title();
    Facts();
    TableHead();
    for (const BenchStep step : AllBenchSteps()) Row(step);
    Signatures();
    Foot();
  }

  bool Finish() {
    cairo_show_page(context_.get());
    cairo_surface_finish(surface_.get());
    return cairo_status(context_.get()) == CAIRO_STATUS_SUCCESS &&
           cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS;
  }

 private:
  std::string Say(const std::string& code, const std::map<std::string, std::string>& params = {}) const {
    return texts_.Say(language_, code, params);
  }

  // Paints the text in its column and returns its height; `paint` false only measures.
  double Text(const std::string& text, Column column, double y, double size, bool bold = false,
              bool paint = true) {
    const std::unique_ptr<PangoLayout, Unref> layout(pango_cairo_create_layout(context_.get()));
    const std::unique_ptr<PangoFontDescription, Unref> font(pango_font_description_from_string(kFont));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>((column.width - kPad) * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    if (paint) {
      cairo_move_to(context_.get(), column.x, y);
      pango_cairo_show_layout(context_.get(), layout.get());
    }
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void Line(double y, double grey) {
    cairo_set_source_rgb(context_.get(), grey, grey, grey);
    cairo_set_line_width(context_.get(), 0.6);
    cairo_move_to(context_.get(), kMargin, y);
    cairo_line_to(context_.get(), kWidth - kMargin, y);
    cairo_stroke(context_.get());
    cairo_set_source_rgb(context_.get(), 0, 0, 0);
  }

  void Title() {
    y_ += Text(Say("sheet.title"), {kMargin, 511}, y_, 17, true) + 2;
    std::string others;
    for (const Language other : kLanguages) {
      if (other != language_) others += (others.empty() ? "" : " · ") + texts_.Say(other, "sheet.title");
    }
    y_ += Text(others, {kMargin, 511}, y_, 9) + 8;
    y_ += Text(Say(record_.accepted() ? "sheet.accepted" : "sheet.not_accepted"), {kMargin, 511}, y_, 13,
               true) +
          6;
  }

  void Facts() {
    const std::string lane = fmt::format("{} ({})", record_.lane_title, record_.lane_id);
    const std::string gate = fmt::format("{} ({})", record_.gate_title, record_.gate_id);
    const std::string map =
        fmt::format("{} (SHA-256 {})", record_.map_name, record_.map_digest.substr(0, 16));
    const std::string when = fmt::format("{} / {}", Local(record_.begun), Local(record_.ended));
    const std::pair<const char*, const std::string&> facts[] = {{"sheet.gate", gate},
                                                                {"sheet.lane", lane},
                                                                {"sheet.controller", record_.address},
                                                                {"sheet.map", map},
                                                                {"sheet.person", record_.person},
                                                                {"sheet.when", when}};
    for (const auto& [code, value] : facts) {
      const double left = Text(Say(code), {kMargin, 130}, y_, 9, true);
      y_ += std::max(left, Text(value, {kMargin + 130, 381}, y_, 9)) + 2;
    }
    if (!record_.use_was_checked) y_ += Text(Say("sheet.in_use_unknown"), {kMargin, 511}, y_, 9) + 2;
    y_ += 8;
  }

  void TableHead() {
    Text(Say("sheet.step"), kStep, y_, 9, true);
    Text(Say("sheet.outcome"), kOutcome, y_, 9, true);
    Text(Say("sheet.finding"), kFinding, y_, 9, true);
    y_ += Text(Say("sheet.at"), kTime, y_, 9, true) + 3;
    Line(y_, 0);
    y_ += 3;
  }

  void Row(BenchStep step) {
    const auto found = record_.results.find(step);
    const bool done = found != record_.results.end();
    const std::string title = Say("step." + std::string(NameOf(step)));
    const std::string outcome =
        Say("outcome." + (done ? std::string(NameOf(found->second.finding.outcome)) : "open"));
    const std::string finding = done ? What(found->second) : "";
    const double height =
        std::max(Text(title, kStep, 0, 8.5, false, false), Text(finding, kFinding, 0, 8, false, false));
    if (y_ + height > kFoot - 30) NextPage();
    Text(title, kStep, y_, 8.5);
    Text(outcome, kOutcome, y_, 8.5, true);
    Text(finding, kFinding, y_, 8);
    if (done) Text(Local(found->second.at), kTime, y_, 7);
    y_ += height + 3;
    Line(y_, 0.8);
    y_ += 3;
  }

  std::string What(const BenchResult& result) const {
    std::string text = FindingText(texts_, language_, result.finding);
    if (const auto was = result.finding.params.find("was"); was != result.finding.params.end())
      text += fmt::format(" ({})", was->second);
    if (result.attempts > 1) {
      text += text.empty() ? "" : "; ";
      text += Say("sheet.attempts", {{"value", std::to_string(result.attempts)}});
    }
    return text;
  }

  void Signatures() {
    if (y_ + kSignatures > kFoot) NextPage();
    y_ = std::max(y_ + 14, kFoot - kSignatures);
    double x = kMargin;
    for (const char* code : {"sheet.person", "sheet.supervisor", "sheet.officer"}) {
      const double height = Text(Say(code), {x, 170}, y_, 9, true);
      Text(Say("sheet.sign"), {x, 170}, y_ + height + 1, 7.5);
      x += 172;
    }
  }

  void Foot() {
    Text(Say("sheet.digest", {{"digest", digest_}}), {kMargin, 440}, kFoot, 7);
    Text(Say("sheet.page", {{"page", std::to_string(page_)}}), {kWidth - kMargin - 60, 60}, kFoot, 7);
  }

  void NextPage() {
    Foot();
    cairo_show_page(context_.get());
    ++page_;
    y_ = kMargin;
    TableHead();
  }

  // By the gate's own clock.
  std::string Local(Instant instant) const {
    if (instant == Instant{}) return "";
    std::string text =
        FormatInstant(instant + std::chrono::minutes(record_.utc_offset_minutes)).substr(0, 19);
    return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4) + " " + text.substr(11);
  }

  const BenchRecord& record_;
  const BenchTexts& texts_;
  const Language language_;
  const std::string digest_;
  const std::unique_ptr<cairo_surface_t, Unref> surface_;
  const std::unique_ptr<cairo_t, Unref> context_;
  double y_ = kMargin;
  int page_ = 1;
};

}  // namespace

Result<void> PaintAcceptanceSheet(const BenchRecord& record, const BenchTexts& texts, Language language,
                                  const std::string& file) {
  BG_TRY(CheckFonts());
  Painter painter(record, texts, language, file);
  painter.Paint();
  if (!painter.Finish()) return Error(kBenchSheetUnwritable, "cannot write " + file);
  return {};
}

}  // namespace bordergate::lane
