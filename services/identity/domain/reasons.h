// What identity refuses, besides the reasons of libs/core/reasons.h.
#pragma once

#include "libs/core/result.h"

namespace bordergate::identity {

// The password is too short or too easy to guess; the error's fields say which.
// Caller: choose another password.
inline constexpr Reason kPasswordTooWeak{"PASSWORD_TOO_WEAK", Code::kInvalidArgument};

// Another account has the sign-in name.
// Caller: choose another name.
inline constexpr Reason kSignInNameTaken{"SIGN_IN_NAME_TAKEN", Code::kAlreadyExists};

// Too many failed tries with the name or the client within a minute.
// Caller: wait as many seconds as `retry_after_s` says, then try again.
inline constexpr Reason kTooManyTries{"TOO_MANY_TRIES", Code::kResourceExhausted};

// The name or the password is wrong, or the account is disabled; which one is not told.
// Caller: try again with the right ones, or ask the administrator.
inline constexpr Reason kSignInRefused{"SIGN_IN_REFUSED", Code::kUnauthenticated};

// The current password, asked for before a change, is not right.
// Caller: type it again; after ten wrong ones within a minute the name is held up.
inline constexpr Reason kPasswordWrong{"PASSWORD_WRONG", Code::kInvalidArgument};

// The token was never issued, or its session has ended.
// Caller: sign in again.
inline constexpr Reason kSessionUnknown{"SESSION_UNKNOWN", Code::kUnauthenticated};

// The session was not used for too long, or the token has reached its end.
// Caller: sign in again.
inline constexpr Reason kSessionExpired{"SESSION_EXPIRED", Code::kUnauthenticated};

// There is no such person.
// Caller: compare the id.
inline constexpr Reason kPersonNotFound{"PERSON_NOT_FOUND", Code::kNotFound};

// The person works for an enterprise and can hold no other role.
// Caller: make an account of its own for the officer.
inline constexpr Reason kPersonOfEnterprise{"PERSON_OF_ENTERPRISE", Code::kFailedPrecondition};

// Nobody could give roles any more.
// Caller: make another administrator first.
inline constexpr Reason kLastAdministrator{"LAST_ADMINISTRATOR", Code::kFailedPrecondition};

// There is an administrator already.
// Caller: let that administrator make further accounts.
inline constexpr Reason kAdministratorExists{"ADMINISTRATOR_EXISTS", Code::kAlreadyExists};

// There is no such API client, or it is not the caller's.
// Caller: compare the id.
inline constexpr Reason kApiClientNotFound{"API_CLIENT_NOT_FOUND", Code::kNotFound};

// There is no such device.
// Caller: compare the id.
inline constexpr Reason kDeviceNotFound{"DEVICE_NOT_FOUND", Code::kNotFound};

}  // namespace bordergate::identity
