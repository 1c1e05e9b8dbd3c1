#include "app/command_line.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

namespace rookery::app {

namespace {

struct AccountOptions {
    CommonOptions common;
    std::string name;
    std::string id;
    std::string password;
    std::string token;
    std::string email;
    std::string display_name;
    std::string role;
    bool make_token = false;
    bool json = false;
};
using Options = std::shared_ptr<AccountOptions>;

http::Params named(const Options& options) {
    http::Params params;
    params.add("name", options->name);
    return params;
}

void add_if_given(http::Params& params, const std::string& name, const std::string& value) {
    if (!value.empty()) {
        params.add(name, value);
    }
}

boost::json::value ask(const Options& options, const std::string& operation, http::Params params) {
    const auto link = options->common.link(operation == "account.create");
    const auto answer = link->ask(operation, std::move(params));
    if (!answer) {
        end_with(answer.error());
    }
    if (options->json) {
        fmt::print("{}\n", *answer);
    }
    return boost::json::parse(*answer);
}

std::string text_of(const boost::json::value& json, std::string_view key) {
    const auto* found = json.as_object().if_contains(key);
    if (found == nullptr) {
        return "";
    }
    return found->is_string() ? std::string(found->as_string()) : boost::json::serialize(*found);
}

/// One "name: value" a line, for what the answer has.
void print_fields(const boost::json::value& json) {
    for (const auto& [key, value] : json.as_object()) {
        if (!value.is_array() && !(value.is_string() && value.as_string().empty())) {
            fmt::print("{}: {}\n", std::string_view(key), text_of(json, key));
        }
    }
}

CLI::App* add_command(
    CLI::App& group,
    const Options& options,
    const std::string& name,
    const std::string& text
) {
    CLI::App* command = group.add_subcommand(name, text);
    options->common.add_to(*command);
    command->add_flag("--json", options->json, "Print the answer as JSON");
    return command;
}

CLI::App* add_named_command(
    CLI::App& group,
    const Options& options,
    const std::string& name,
    const std::string& text
) {
    CLI::App* command = add_command(group, options, name, text);
    command->add_option("NAME", options->name, "Username")->required();
    return command;
}

void add_create(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_named_command(
        group,
        options,
        "create",
        "Make an account. Without --password and --token it gets a password, which is printed."
    );
    command->add_option("--password", options->password, "Password to sign in with");
    command->add_option(
        "--token", options->token, "Access token to issue, as it stands (for tools)"
    );
    command->add_flag("--make-token", options->make_token, "Issue an access token and print it");
    command->add_option("--email", options->email, "E-mail address");
    command->add_option("--display-name", options->display_name, "Name that others see");
    command->add_option("--role", options->role, "user, moderator or admin");
    command->add_option("--id", options->id, "Number of the account (for tools)");
    command->callback([options] {
        http::Params params = named(options);
        add_if_given(params, "password", options->password);
        add_if_given(params, "email", options->email);
        add_if_given(params, "display_name", options->display_name);
        add_if_given(params, "role", options->role);
        add_if_given(params, "id", options->id);
        if (options->make_token || !options->token.empty()) {
            params.add("token", options->token);
        }
        const auto account = ask(options, "account.create", std::move(params));
        if (!options->json) {
            print_fields(account);
        }
    });
}

void print_row(const boost::json::value& account) {
    fmt::print(
        "{:<20} {:<30} {:<10} {}\n",
        text_of(account, "id"),
        text_of(account, "username"),
        text_of(account, "role"),
        account.at("suspended").as_bool() ? "suspended" : ""
    );
}

void add_list(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_command(group, options, "list", "List all accounts in order of names");
    command->callback([options] {
        constexpr std::size_t kPage = 1000;
        const auto link = options->common.link();
        std::string after;
        for (bool more = true; more;) {
            http::Params params;
            params.add("after", after);
            params.add("limit", std::to_string(kPage));
            const auto answer = link->ask("account.list", std::move(params));
            if (!answer) {
                end_with(answer.error());
            }
            const auto accounts = boost::json::parse(*answer);
            for (const auto& account : accounts.as_array()) {
                if (options->json) {
                    fmt::print("{}\n", boost::json::serialize(account));
                } else {
                    print_row(account);
                }
                after = text_of(account, "username");
            }
            more = accounts.as_array().size() == kPage;
        }
    });
}

void add_show(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command =
        add_named_command(group, options, "show", "Show one account with its counts and sessions");
    command->callback([options] {
        const auto account = ask(options, "account.show", named(options));
        if (options->json) {
            return;
        }
        print_fields(account);
        for (const auto& session : account.at("sessions").as_array()) {
            fmt::print(
                "session: {} since {} from {} ({})\n",
                text_of(session, "app"),
                text_of(session, "created_at"),
                text_of(session, "ip"),
                text_of(session, "scopes")
            );
        }
    });
}

void add_reset(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_named_command(
        group, options, "reset", "Set a new password and sign the account out everywhere"
    );
    command->add_option("--password", options->password, "The new password (default: one is made)");
    command->callback([options] {
        http::Params params = named(options);
        add_if_given(params, "password", options->password);
        const auto account = ask(options, "account.reset", std::move(params));
        if (!options->json) {
            print_fields(account);
        }
    });
}

void add_token(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_named_command(
        group, options, "token", "Issue an access token for a script and print it"
    );
    command->add_option(
        "--token", options->token, "The token, as it stands (default: one is made)"
    );
    command->callback([options] {
        http::Params params = named(options);
        params.add("token", options->token);
        const auto account = ask(options, "account.token", std::move(params));
        if (!options->json) {
            fmt::print("{}\n", text_of(account, "token"));
        }
    });
}

void add_switch(CLI::App& group, const std::string& name, const std::string& text) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_named_command(group, options, name, text);
    command->callback([options, name] {
        const auto account = ask(options, "account." + name, named(options));
        if (!options->json) {
            print_fields(account);
        }
    });
}

void add_role(CLI::App& group) {
    const auto options = std::make_shared<AccountOptions>();
    CLI::App* command = add_named_command(group, options, "role", "Change what an account may do");
    command->add_option("ROLE", options->role, "user, moderator or admin")->required();
    command->callback([options] {
        http::Params params = named(options);
        params.add("role", options->role);
        const auto account = ask(options, "account.role", std::move(params));
        if (!options->json) {
            print_fields(account);
        }
    });
}

}  // namespace

void add_account_command(CLI::App& program) {
    CLI::App* group = program.add_subcommand(
        "account", "Make, list, show and change accounts, of a running or a stopped server"
    );
    group->require_subcommand(1);
    add_create(*group);
    add_list(*group);
    add_show(*group);
    add_reset(*group);
    add_token(*group);
    add_switch(*group, "suspend", "Hide an account and sign it out everywhere; its data is kept");
    add_switch(*group, "unsuspend", "Undo a suspension");
    add_role(*group);
}

}  // namespace rookery::app
