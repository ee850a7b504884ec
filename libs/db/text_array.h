// PostgreSQL's text[] and a list of texts.
//
//   transaction().Execute("SELECT … WHERE trip_id = ANY ($1::text[])", {ToArray(ids)});
//   const std::vector<std::string> seals = FromArray(row.Text("seal_numbers"));
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordergate::db {

// The literal that PostgreSQL reads as text[]. Always bound, never part of the SQL.
std::string ToArray(const std::vector<std::string>& items);

// The items of a text[] as PostgreSQL writes it: one dimension, no nulls. Anything else is a bug and ends the
// process.
std::vector<std::string> FromArray(std::string_view literal);

}  // namespace bordergate::db
