// Events as the makers of cameras document them, written by hand, and libcurl to send them: it follows HTTP's
// rules for signing in by its own code.
#pragma once

#include <string>
#include <vector>

#include <curl/curl.h>
#include <fmt/format.h>

#include "libs/core/clock.h"
#include "libs/core/digest.h"

namespace bordergate::camera {

// Some cameras write their boundary with dashes of their own.
inline constexpr char kHikvisionType[] =
    "multipart/form-data; boundary=---------------------------7e13971310878";

inline std::string HikvisionXml(const std::string& plate, Instant time, const std::string& type = "ANPR") {
  return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<ipAddress>192.0.2.64</ipAddress>
<portNo>80</portNo>
<protocol>HTTP</protocol>
<channelID>1</channelID>
<dateTime>{}</dateTime>
<activePostCount>1</activePostCount>
<eventType>{}</eventType>
<eventState>active</eventState>
<eventDescription>ANPR</eventDescription>
<ANPR>
<licensePlate>{}</licensePlate>
<line>1</line>
<direction>forward</direction>
<confidenceLevel>98</confidenceLevel>
<plateColor>white</plateColor>
<pictureInfoList>
<pictureInfo><fileName>licensePlatePicture.jpg</fileName><type>licensePlatePicture</type></pictureInfo>
<pictureInfo><fileName>detectionPicture.jpg</fileName><type>detectionPicture</type></pictureInfo>
</pictureInfoList>
</ANPR>
</EventNotificationAlert>
)",
                     FormatInstant(time), type, plate);
}

// The plate's own small picture, then the scene.
inline std::string HikvisionBody(const std::string& xml, const std::vector<std::string>& pictures) {
  const std::string line = "-----------------------------7e13971310878\r\n";
  std::string body = line + "Content-Disposition: form-data; name=\"anpr.xml\"; filename=\"anpr.xml\"\r\n" +
                     "Content-Type: text/xml\r\nContent-Length: " + std::to_string(xml.size()) + "\r\n\r\n" +
                     xml;
  int number = 0;
  for (const std::string& picture : pictures) {
    const char* name = number++ == 0 ? "licensePlatePicture.jpg" : "detectionPicture.jpg";
    body += "\r\n" + line +
            fmt::format("Content-Disposition: form-data; name=\"{0}\"; filename=\"{0}\"\r\n", name) +
            "Content-Type: image/jpeg\r\nContent-Length: " + std::to_string(picture.size()) + "\r\n\r\n" +
            picture;
  }
  return body + "\r\n-----------------------------7e13971310878--\r\n";
}

// By the clock on the wall, seven hours ahead of UTC.
inline std::string DahuaBody(const std::string& plate, Instant time, const std::string& picture) {
  std::string local = FormatInstant(time + std::chrono::minutes(420)).substr(0, 23);
  local[10] = ' ';
  return fmt::format(R"({{"Picture":{{
  "Plate":{{"BoundingBox":[500,400,700,470],"Channel":0,"Confidence":95,"IsExist":true,"PlateColor":"White",
            "PlateNumber":"{}","PlateType":"Normal","Region":"VNM","UploadNum":1}},
  "SnapInfo":{{"AccurateTime":"{}","DeviceID":"8F0A1C","Direction":"Obverse","LanNo":1,"TriggerSource":"Video"}},
  "Vehicle":{{"VehicleColor":"White","VehicleType":"Truck"}},
  "CutoutPic":{{"PicName":"cutout.jpg","Content":"{}"}},
  "NormalPic":{{"PicName":"normal.jpg","Content":"data:image/jpeg;base64,{}"}}}}}})",
                     plate, local, Base64("\xFF\xD8 a small one"), Base64(picture));
}

struct Posted {
  int status = 0;
  std::string body;
  std::string authorization;  // the last header that curl signed in with
};

struct Post {
  std::string url;
  std::string content_type;
  std::string body;
  std::string user = "";  // empty: does not sign in
  std::string key = "";
  long scheme = CURLAUTH_DIGEST;
  std::string authorization = "";  // sent as it is
};

inline Posted Send(const Post& post) {
  Posted posted;
  CURL* curl = curl_easy_init();
  curl_slist* headers = curl_slist_append(nullptr, ("Content-Type: " + post.content_type).c_str());
  headers = curl_slist_append(headers, "Expect:");
  if (!post.authorization.empty()) headers = curl_slist_append(headers, post.authorization.c_str());
  curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 20'000L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.data());
  if (!post.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, post.scheme);
    curl_easy_setopt(curl, CURLOPT_USERNAME, post.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, post.key.c_str());
  }
  curl_easy_setopt(
      curl, CURLOPT_WRITEFUNCTION, +[](char* data, size_t, size_t size, void* into) {
        static_cast<Posted*>(into)->body.append(data, size);
        return size;
      });
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &posted);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(
      curl, CURLOPT_DEBUGFUNCTION, +[](CURL*, curl_infotype kind, char* data, size_t size, void* into) {
        const std::string text(data, size);
        const size_t at = text.find("Authorization: ");
        if (kind != CURLINFO_HEADER_OUT || at == std::string::npos) return 0;
        static_cast<Posted*>(into)->authorization = text.substr(at, text.find("\r\n", at) - at);
        return 0;
      });
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &posted);
  curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  posted.status = static_cast<int>(status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return posted;
}

}  // namespace bordergate::camera
