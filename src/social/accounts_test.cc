#include "kit/run_together.h"
#include "social/accounts_state.h"
#include "social/accounts_test_fixture.h"

#include <gmock/gmock.h>

namespace rookery::social {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Fields = std::vector<std::pair<std::string, std::string>>;

TEST_F(AccountsTest, FindsANewAccountByIdAndByNameInAnyCase) {
    const AccountPtr bob = create("Bob");
    EXPECT_EQ(bob->username, "Bob");
    EXPECT_EQ(bob->created_at_ms, clock_.now_ms());
    EXPECT_EQ(**kit::run(accounts_->find(bob->id)), *bob);
    EXPECT_EQ(**kit::run(accounts_->find_by_name("bOB")), *bob);
    EXPECT_EQ(kit::run(accounts_->find_by_name("bo")).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(accounts_->find_by_name("")).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(kit::run(accounts_->find(AccountId(5))).error().code, ErrorCode::kNotFound);
    EXPECT_THAT(
        seen_, ElementsAre(SocialEvent{.type = EventType::kAccountCreated, .actor = bob->id})
    );
}

TEST_F(AccountsTest, TakesAPrescribedIdOnce) {
    const auto made = kit::run(accounts_->create({.username = "bob", .id = AccountId(7)}));
    EXPECT_EQ((*made)->id, AccountId(7));
    EXPECT_EQ(
        create_error({.username = "carol", .id = AccountId(7)}),
        "Validation failed: Id has already been taken"
    );
    EXPECT_EQ(kit::run(accounts_->find_by_name("carol")).error().code, ErrorCode::kNotFound);
}

TEST_F(AccountsTest, RefusesATakenNameInAnyCase) {
    create("Bob");
    EXPECT_EQ(
        create_error({.username = "bOb"}), "Validation failed: Username has already been taken"
    );
}

TEST_F(AccountsTest, RefusesReservedNamesExceptForStaff) {
    EXPECT_EQ(create_error({.username = "Admin"}), "Validation failed: Username is reserved");
    EXPECT_EQ(create_error({.username = "admin", .role = Role::kAdmin}), "");
}

TEST_F(AccountsTest, GivesANameToOneOfManyWhoAskAtOnce) {
    store_.yield_on_calls(true);
    std::vector<Task<Result<AccountPtr>>> tasks;
    for (const char* name : {"bob", "BOB", "Bob", "boB"}) {
        tasks.push_back(accounts_->create({.username = name}));
    }
    int made = 0;
    for (const auto& result : kit::run_together(std::move(tasks))) {
        made += result ? 1 : 0;
        if (!result) {
            EXPECT_EQ(result.error().code, ErrorCode::kInvalid);
            EXPECT_EQ(result.error().message, "Validation failed: Username has already been taken");
        }
    }
    EXPECT_EQ(made, 1);
}

TEST_F(AccountsTest, GivesAnEmailAddressToOneOfManyWhoAskAtOnce) {
    store_.yield_on_calls(true);
    std::vector<Task<Result<AccountPtr>>> tasks;
    tasks.push_back(accounts_->create({.username = "bob", .email = "A@b.example"}));
    tasks.push_back(accounts_->create({.username = "carol", .email = "a@B.example"}));
    const auto results = kit::run_together(std::move(tasks));
    EXPECT_TRUE(results[0]);
    ASSERT_FALSE(results[1]);
    EXPECT_EQ(results[1].error().message, "Validation failed: Email has already been taken");
    EXPECT_FALSE(kit::run(accounts_->find_by_name("carol"))) << "nothing is half written";
}

TEST_F(AccountsTest, ValidatesFieldByField) {
    EXPECT_THAT(*kit::run(accounts_->validate({.username = "bob"})), testing::IsEmpty());
    EXPECT_THAT(
        *kit::run(accounts_->validate({.username = "a-b", .email = "x", .password = "short"})),
        ElementsAre(
            FieldError{
                "username", "ERR_INVALID", "must contain only letters, numbers and underscores"
            },
            FieldError{"email", "ERR_INVALID", "is invalid"},
            FieldError{"password", "ERR_TOO_SHORT", "is too short (minimum is 8 characters)"}
        )
    );
    EXPECT_THAT(
        *kit::run(accounts_->validate({}, NewAccountForm::kSignUp)),
        ElementsAre(
            FieldError{"username", "ERR_BLANK", "can't be blank"},
            FieldError{"email", "ERR_BLANK", "can't be blank"},
            FieldError{"password", "ERR_BLANK", "can't be blank"}
        )
    );
}

TEST_F(AccountsTest, FindsManyInTheOrderAskedFor) {
    const AccountId bob = create("bob")->id;
    const AccountId carol = create("carol")->id;
    const auto found = *kit::run(accounts_->find_many({carol, AccountId(1), bob, carol}));
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0]->id, carol);
    EXPECT_EQ(found[1], nullptr);
    EXPECT_EQ(found[2]->id, bob);
    EXPECT_EQ(found[3], found[0]);
}

TEST_F(AccountsTest, ReadsWhatIsCachedWithoutTheStore) {
    const AccountId bob = create("bob")->id;
    ASSERT_TRUE(kit::run(accounts_->find_by_name("bob")));
    counts(bob);
    const std::size_t reads = store_.reads();
    ASSERT_TRUE(kit::run(accounts_->find(bob)));
    ASSERT_TRUE(kit::run(accounts_->find_by_name("BOB")));
    ASSERT_TRUE(kit::run(accounts_->find_many({bob, bob})));
    counts(bob);
    EXPECT_EQ(store_.reads(), reads);
}

TEST_F(AccountsTest, FindsEverythingAgainAfterARestart) {
    const AccountPtr bob = create("bob");
    make_accounts(limits());
    EXPECT_EQ(**kit::run(accounts_->find_by_name("bob")), *bob);
}

TEST_F(AccountsTest, UpdatesWhatIsSetAndKeepsTheRest) {
    const AccountId bob = create("bob")->id;
    AccountChanges first;
    first.display_name = "  Bob\nthe Builder ";
    first.locked = true;
    first.default_visibility = Visibility::kPrivate;
    first.default_language = "de";
    ASSERT_TRUE(kit::run(accounts_->update(bob, first)));
    AccountChanges second;
    second.bot = true;
    const AccountPtr after = *kit::run(accounts_->update(bob, second));
    EXPECT_EQ(after->display_name, "Bob the Builder");
    EXPECT_TRUE(after->locked);
    EXPECT_TRUE(after->bot);
    EXPECT_EQ(after->default_visibility, Visibility::kPrivate);
    EXPECT_EQ(after->default_language, "de");
    EXPECT_EQ(**kit::run(accounts_->find(bob)), *after);
    EXPECT_EQ(seen_.back(), (SocialEvent{.type = EventType::kAccountUpdated, .actor = bob}));
}

TEST_F(AccountsTest, CommitsNothingForAnUpdateThatChangesNothing) {
    const AccountId bob = create("bob")->id;
    const std::size_t commits = store_.commits();
    AccountChanges same;
    same.locked = false;
    ASSERT_TRUE(kit::run(accounts_->update(bob, same)));
    EXPECT_EQ(store_.commits(), commits);
}

TEST_F(AccountsTest, RendersNoteAndFields) {
    const AccountId bob = create("bob")->id;
    create("Carol");
    AccountChanges changes;
    changes.note = "I know @carol, @nobody and @carol@home.example\n\n#birds <b>";
    changes.fields = {{"Site", "https://example.com"}, {"", " "}, {"Friend", "@CAROL"}};
    const AccountPtr after = *kit::run(accounts_->update(bob, changes));
    EXPECT_EQ(after->note, *changes.note);
    EXPECT_THAT(after->note_html, HasSubstr("\x01/@Carol\" class=\"u-url mention\""));
    EXPECT_THAT(after->note_html, HasSubstr(", @nobody and "));
    EXPECT_THAT(after->note_html, HasSubstr("</p><p><a href=\"\x01/tags/birds\""));
    EXPECT_THAT(after->note_html, HasSubstr("&lt;b&gt;"));
    ASSERT_EQ(after->fields.size(), 2U) << "the empty field is dropped";
    EXPECT_THAT(after->fields[0].value_html, HasSubstr("rel=\"nofollow noopener me\""));
    EXPECT_THAT(after->fields[1].value_html, HasSubstr("\x01/@Carol"));
}

TEST_F(AccountsTest, NamesTheFieldOfAWrongUpdateAndChangesNothing) {
    const AccountId bob = create("bob")->id;
    AccountChanges changes;
    changes.locked = true;
    changes.display_name = std::string(31, 'x');
    EXPECT_EQ(
        update_error(bob, changes),
        "Validation failed: Display name is too long (maximum is 30 characters)"
    );
    EXPECT_FALSE((*kit::run(accounts_->find(bob)))->locked);

    AccountChanges note;
    note.note = std::string(501, 'x');
    EXPECT_THAT(update_error(bob, note), HasSubstr("Note is too long (maximum is 500"));
    AccountChanges fields;
    fields.fields = Fields(5, {"a", "b"});
    EXPECT_THAT(update_error(bob, fields), HasSubstr("Fields are too many (maximum is 4)"));
    fields.fields = Fields(1, {"", "b"});
    EXPECT_THAT(update_error(bob, fields), HasSubstr("Fields contains values with missing labels"));
    fields.fields = Fields(1, {"a", std::string(256, 'x')});
    EXPECT_THAT(update_error(bob, fields), HasSubstr("Fields value is too long (maximum is 255"));
    AccountChanges language;
    language.default_language = "English";
    EXPECT_THAT(update_error(bob, language), HasSubstr("Language is not a valid"));
    AccountChanges privacy;
    privacy.default_visibility = Visibility::kDirect;
    EXPECT_THAT(update_error(bob, privacy), HasSubstr("Privacy is not included"));
    EXPECT_EQ(
        update_error(AccountId(3), language),
        "Validation failed: Language is not a valid language code"
    );
    EXPECT_EQ(update_error(AccountId(3), {}), "Record not found");
}

TEST_F(AccountsTest, LosesNoneOfManyUpdatesAtOnce) {
    const AccountId bob = create("bob")->id;
    store_.yield_on_calls(true);
    AccountChanges lock;
    lock.locked = true;
    AccountChanges name;
    name.display_name = "Bob";
    AccountChanges hide;
    hide.hide_collections = true;
    std::vector<Task<Result<AccountPtr>>> tasks;
    tasks.push_back(accounts_->update(bob, lock));
    tasks.push_back(accounts_->update(bob, name));
    tasks.push_back(accounts_->update(bob, hide));
    for (const auto& result : kit::run_together(std::move(tasks))) {
        EXPECT_TRUE(result);
    }
    const AccountPtr after = *kit::run(accounts_->find(bob));
    EXPECT_TRUE(after->locked);
    EXPECT_EQ(after->display_name, "Bob");
    EXPECT_TRUE(after->hide_collections);
}

TEST_F(AccountsTest, SaysWhenAnAccountIsSuspendedAndKeepsItsData) {
    const AccountId bob = create("bob")->id;
    AccountChanges changes;
    changes.suspended = true;
    ASSERT_TRUE(kit::run(accounts_->update(bob, changes)));
    EXPECT_EQ(seen_.back(), (SocialEvent{.type = EventType::kAccountSuspended, .actor = bob}));
    EXPECT_TRUE((*kit::run(accounts_->find_by_name("bob")))->suspended);
    changes.suspended = false;
    ASSERT_TRUE(kit::run(accounts_->update(bob, changes)));
    EXPECT_EQ(seen_.back(), (SocialEvent{.type = EventType::kAccountSuspended, .actor = bob}));
    EXPECT_FALSE((*kit::run(accounts_->find(bob)))->suspended);
}

TEST_F(AccountsTest, CountsFollowAddedNumbersOnceTheyAreCommitted) {
    const AccountId bob = create("bob")->id;
    const AccountId carol = create("carol")->id;
    EXPECT_EQ(counts(bob), AccountCounts{});
    ports::Batch follow;
    follow.add(account_counters_key(bob), {0, 1, 0, 0});
    follow.add(account_counters_key(carol), {1, 0, 0, 0});
    follow.emit(encode(SocialEvent{.type = EventType::kFollowed, .actor = bob, .target = carol}));
    counts(carol);
    commit(std::move(follow));
    EXPECT_EQ(counts(bob).following, 1);
    EXPECT_EQ(counts(carol).followers, 1);

    const PostId post(first_id_at(clock_.now_ms()) + 5);
    ports::Batch publish;
    publish.add(account_counters_key(bob), {0, 0, 1, 0});
    publish.put({tables::kAuthorPosts, tables::id_bytes(bob), tables::newest_first(post)}, "x");
    publish.emit(encode(SocialEvent{.type = EventType::kPostCreated, .actor = bob, .post = post}));
    commit(std::move(publish));
    EXPECT_EQ(counts(bob).posts, 1);
    EXPECT_EQ(counts(bob).last_post_at_ms, clock_.now_ms());
    EXPECT_EQ(counts(AccountId(99)), AccountCounts{}) << "no row is four zeros";
}

TEST_F(AccountsTest, CountsAPostOnWithoutTheStoreWhenItIsSureThatItIsNew) {
    constexpr UnixMs kStart = 1'800'000'000'000;
    const AccountId bob = create("bob")->id;
    const auto post_at = [&](UnixMs at_ms) {
        ports::Batch batch;
        const PostId post(first_id_at(at_ms));
        batch.put({tables::kAuthorPosts, tables::id_bytes(bob), tables::newest_first(post)}, "");
        batch.add(account_counters_key(bob), {0, 0, 1, 0});
        commit(std::move(batch));
        return post;
    };
    const auto created = [&](PostId post, ports::EventId id) {
        SocialEvent event{.type = EventType::kPostCreated, .actor = bob, .post = post};
        event.id = id;
        return event;
    };
    post_at(kStart + 1000);
    const AccountCounts before{.posts = 1, .last_post_at_ms = kStart + 1000};
    EXPECT_EQ(counts(bob), before);
    const ports::EventId frontier = store_.frontier();

    // One that was read already is not counted twice: it is read again.
    accounts_->on_committed(created(PostId(first_id_at(kStart + 1000)), frontier));
    EXPECT_EQ(counts(bob), before);

    // Later ones are counted, although the store says nothing.
    accounts_->on_committed(created(PostId(first_id_at(kStart + 3000)), frontier + 1));
    accounts_->on_committed(created(PostId(first_id_at(kStart + 2000)), frontier + 2));
    store_.fail_reads(1);
    EXPECT_EQ(counts(bob), (AccountCounts{.posts = 3, .last_post_at_ms = kStart + 3000}));

    SocialEvent direct = created(PostId(first_id_at(kStart + 4000)), frontier + 3);
    direct.is_direct = true;
    accounts_->on_committed(direct);
    EXPECT_EQ(counts(bob), (AccountCounts{.posts = 3, .last_post_at_ms = kStart + 4000}));
}

TEST_F(AccountsTest, ForgetsAllCountsAfterAnImport) {
    const AccountId bob = create("bob")->id;
    counts(bob);
    ports::Batch load;
    load.add(account_counters_key(bob), {3, 0, 0, 0});
    ASSERT_TRUE(kit::run(store_.load(std::move(load))));
    ports::Batch done;
    done.emit(encode(SocialEvent{.type = EventType::kGraphImported}));
    commit(std::move(done));
    EXPECT_EQ(counts(bob).followers, 3);
}

TEST_F(AccountsTest, SearchesByPrefixInTheOrderOfNames) {
    for (const char* name : {"bob", "Bobby", "bo_2", "alice", "bobcat", "zoe", "_bob"}) {
        create(name);
    }
    const auto search = [this](std::string prefix, std::size_t limit, std::size_t offset) {
        std::vector<std::string> names;
        for (const AccountPtr& account :
             *kit::run(accounts_->search_prefix(prefix, limit, offset))) {
            names.push_back(account->username);
        }
        return names;
    };
    EXPECT_THAT(search("BO", 10, 0), ElementsAre("bo_2", "bob", "Bobby", "bobcat"));
    EXPECT_THAT(search("bob", 2, 1), ElementsAre("Bobby", "bobcat"));
    EXPECT_THAT(search("", 3, 0), ElementsAre("_bob", "alice", "bo_2"));
    EXPECT_THAT(search("x", 3, 0), ElementsAre());
    EXPECT_THAT(search("bob", 0, 0), ElementsAre());
    EXPECT_THAT(search("bob", 10, 5), ElementsAre());
    EXPECT_THAT(search("\xC3\xA9 @", 3, 0), ElementsAre());
    AccountChanges suspend;
    suspend.suspended = true;
    ASSERT_TRUE(kit::run(accounts_->update((*kit::run(accounts_->find_by_name("bob")))->id, suspend)
    ));
    EXPECT_THAT(search("bob", 10, 0), ElementsAre("Bobby", "bobcat"));
}

TEST_F(AccountsTest, SearchesAndListsBeyondOneBatch) {
    for (int i = 0; i < 250; ++i) {
        create("user" + std::to_string(1000 + i));
    }
    EXPECT_EQ(kit::run(accounts_->search_prefix("user", 500, 0))->size(), 250U);
    EXPECT_EQ(kit::run(accounts_->search_prefix("user", 5, 245))->back()->username, "user1249");
    EXPECT_EQ(kit::run(accounts_->list("", 120))->back()->username, "user1119");
    EXPECT_EQ(kit::run(accounts_->list("USER1119", 500))->front()->username, "user1120");
    EXPECT_EQ(kit::run(accounts_->list("zz", 500))->size(), 0U);
}

TEST_F(AccountsTest, PassesOnWhatTheStoreSays) {
    const AccountId bob = create("bob")->id;
    make_accounts(limits());
    store_.fail_reads(1);
    EXPECT_EQ(kit::run(accounts_->find(bob)).error().code, ErrorCode::kUnavailable);
    store_.fail_commits(1);
    const auto made = kit::run(accounts_->create({.username = "carol"}));
    EXPECT_EQ(made.error().code, ErrorCode::kUnavailable);
    EXPECT_TRUE(kit::run(accounts_->create({.username = "carol"})));
}

}  // namespace
}  // namespace rookery::social
