#pragma once

#include "base/error.h"

#include <expected>
#include <string>
#include <utility>

namespace rookery {

/// A value or an `Error`. libstdc++ 12's `std::expected` is not nodiscard, hence the class.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
public:
    using Base = std::expected<T, Error>;
    using Base::Base;
    // NOLINTNEXTLINE(google-explicit-constructor): an error is returned as it stands.
    Result(Error error) : Base(std::unexpect, std::move(error)) {}
};

/// An error to return: `return fail(ErrorCode::kInvalid, "Text can't be blank");`
[[nodiscard]] inline Error fail(ErrorCode code, std::string message, std::string detail = {}) {
    return Error{code, std::move(message), std::move(detail)};
}

}  // namespace rookery

#define ROOKERY_CONCAT_INNER(a, b) a##b
#define ROOKERY_CONCAT(a, b) ROOKERY_CONCAT_INNER(a, b)

/// In a plain function: `TRY(auto row, parse(bytes));` binds the value or returns the error.
#define TRY(binding, expression)                                  \
    auto ROOKERY_CONCAT(try_, __LINE__) = (expression);           \
    if (!ROOKERY_CONCAT(try_, __LINE__)) {                        \
        return std::move(ROOKERY_CONCAT(try_, __LINE__)).error(); \
    }                                                             \
    binding = std::move(*ROOKERY_CONCAT(try_, __LINE__))

/// In a coroutine: `CO_TRY(auto row, co_await store.get(key));` binds the value or co_returns the
/// error.
#define CO_TRY(binding, expression)                                  \
    auto ROOKERY_CONCAT(try_, __LINE__) = (expression);              \
    if (!ROOKERY_CONCAT(try_, __LINE__)) {                           \
        co_return std::move(ROOKERY_CONCAT(try_, __LINE__)).error(); \
    }                                                                \
    binding = std::move(*ROOKERY_CONCAT(try_, __LINE__))

/// The same for `Result<void>`, which has no value to bind: `CO_CHECK(co_await
/// store.commit(batch));`
#define CO_CHECK(expression)                                                                   \
    if (auto ROOKERY_CONCAT(try_, __LINE__) = (expression); !ROOKERY_CONCAT(try_, __LINE__)) { \
        co_return std::move(ROOKERY_CONCAT(try_, __LINE__)).error();                           \
    }
