// Goal: those who work with a trip, and nobody else, get a slip of it that a lane believes, and a page from
// which any reader takes the same slip. Method: the handlers over a private PostgreSQL; slips are verified
// with the public key alone; the page is decoded by OpenCV and read by zxing-cpp, which share no code with
// what drew it.
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "libs/core/digest.h"
#include "services/customs/domain/reasons.h"
#include "services/customs/testing/customs_bench.h"

namespace bordergate::customs {
namespace {

class SlipTest : public CustomsBench {
 protected:
  SlipTest() { PutWorkflow(); }

  Result<v1::Slip> SlipFor(const rpc::CallContext& call, const std::string& trip_id) {
    v1::GetSlipRequest request;
    request.set_trip_id(trip_id);
    return BG_TRY(api_.GetSlip(call, request)).slip();
  }
  Result<std::string> PageFor(const rpc::CallContext& call, const std::string& trip_id) {
    v1::GetSlipPageRequest request;
    request.set_trip_id(trip_id);
    const auto page = BG_TRY(api_.GetSlipPage(call, request));
    EXPECT_EQ(page.content().content_type(), "image/png");
    return page.content().data();
  }
  // What a lane that has the public half of the key makes of a text.
  Result<Slip> Verified(const std::string& text) {
    return VerifySlip(text, [&](const std::string& key_id) -> Result<std::string> {
      if (key_id != slip_key_.id) return Error(kSlipKeyUnknown, "not known");
      return PublicKeyEd25519(slip_key_.seed);
    });
  }
  // The texts of the QR codes in a picture, as zxing-cpp reads them.
  std::string ScannedFrom(const std::string& png, double scale = 1) {
    const std::vector<uint8_t> bytes(png.begin(), png.end());
    cv::Mat picture = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
    EXPECT_EQ(picture.size(), cv::Size(1240, 1754));
    cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
    const ZXing::ImageView view(picture.data, picture.cols, picture.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(picture.step));
    const auto result =
        ZXing::ReadBarcode(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
    return result.isValid() ? result.text() : "";
  }
};

TEST_F(SlipTest, SaysOfWhichTruckTheTripIsAndIsBelieved) {
  const v1::Trip trip = Declare();
  const auto slip = SlipFor(Lan(), trip.trip_id());
  ASSERT_TRUE(slip.has_value());
  const auto read = Verified(slip->text());
  ASSERT_TRUE(read.has_value()) << read.error().message();
  EXPECT_EQ(read->trip_id, trip.trip_id());
  EXPECT_EQ(read->plate, "12C34567");
  EXPECT_EQ(read->trailer_plate, "12R00123");
  EXPECT_TRUE(CheckSlip(*read, {"huu-nghi", true}, clock_.Now()).has_value());
  EXPECT_TRUE(CheckSlip(*read, {"huu-nghi", true}, clock_.Now() - std::chrono::minutes(4)).has_value());
  EXPECT_TRUE(
      CheckSlip(*read, {"huu-nghi", true}, clock_.Now() + slip_key_.lifetime).error().Is(kSlipExpired));
  // What is told beside the code is what the code says.
  EXPECT_EQ(slip->trip_id(), read->trip_id);
  EXPECT_EQ(slip->plate(), read->plate);
  EXPECT_EQ(slip->direction(), common::v1::DIRECTION_EXPORT);
  EXPECT_EQ(slip->valid_until_time().seconds(), std::chrono::system_clock::to_time_t(read->valid_until));
}

TEST_F(SlipTest, IsForItsEnterpriseAndTheOfficersOfItsGateOnly) {
  const v1::Trip trip = Declare();
  EXPECT_TRUE(SlipFor(Lan(), trip.trip_id()).has_value());
  EXPECT_TRUE(SlipFor(Guard(), trip.trip_id()).has_value());
  EXPECT_TRUE(PageFor(Guard(), trip.trip_id()).has_value());
  EXPECT_TRUE(SlipFor(Minh(), trip.trip_id()).error().Is(kTripNotFound));
  EXPECT_TRUE(PageFor(Minh(), trip.trip_id()).error().Is(kTripNotFound));
  EXPECT_TRUE(SlipFor(Elsewhere(common::v1::ROLE_BORDER_GUARD), trip.trip_id()).error().Is(kTripNotFound));
  EXPECT_TRUE(SlipFor(Lan(), "trip_none").error().Is(kTripNotFound));
}

TEST_F(SlipTest, IsNotGivenForATripThatIsOver) {
  const v1::Trip trip = Declare();
  ASSERT_TRUE(Cancel(Lan(), trip.trip_id()).has_value());
  EXPECT_TRUE(SlipFor(Lan(), trip.trip_id()).error().Is(kTripClosed));
  EXPECT_TRUE(PageFor(Lan(), trip.trip_id()).error().Is(kTripClosed));
}

TEST_F(SlipTest, PageIsScannedByAnotherReaderAlsoFromASmallScreen) {
  const v1::Trip trip = Declare();
  const auto page = PageFor(Lan(), trip.trip_id());
  ASSERT_TRUE(page.has_value());
  for (const double scale : {1.0, 0.3}) {
    const auto read = Verified(ScannedFrom(*page, scale));
    ASSERT_TRUE(read.has_value()) << scale << ": " << read.error().message();
    EXPECT_EQ(read->trip_id, trip.trip_id());
  }
}

}  // namespace
}  // namespace bordergate::customs
