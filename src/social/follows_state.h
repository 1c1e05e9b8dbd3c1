#pragma once

#include "social/follows.h"

namespace rookery::social {

class Follows::State {
public:
    State(Environment environment, Accounts& accounts)
        : environment(environment), accounts(accounts) {}

    [[nodiscard]] RelationId next_id() { return RelationId(environment.ids.next()); }

    Environment environment;
    Accounts& accounts;
};

}  // namespace rookery::social
