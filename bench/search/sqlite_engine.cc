// SQLite's FTS5: an index without the texts, stemmed, with positions as ours has them; asked in the
// order of its rows, which it can walk from the newest on.
#include "engine.h"

#include <sqlite3.h>

#include <stdexcept>

namespace rookery::bench {

namespace {

/// Posts of one transaction.
constexpr std::size_t kBatch = 2'000;

class SqliteEngine final : public Engine {
public:
    explicit SqliteEngine(const std::filesystem::path& folder) {
        check(::sqlite3_open((folder / "posts.db").c_str(), &db_));
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=NORMAL");
        execute("PRAGMA cache_size=-262144");
        execute("PRAGMA mmap_size=2147483648");
        execute(
            "CREATE VIRTUAL TABLE posts USING fts5(text, content='', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        );
        insert_ = prepare("INSERT INTO posts(rowid, text) VALUES(?, ?)");
        select_ =
            prepare("SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY rowid DESC LIMIT ?");
    }
    SqliteEngine(const SqliteEngine&) = delete;
    SqliteEngine& operator=(const SqliteEngine&) = delete;
    ~SqliteEngine() override {
        ::sqlite3_finalize(insert_);
        ::sqlite3_finalize(select_);
        ::sqlite3_close(db_);
    }

    void add(std::uint64_t id, const std::string& text) override {
        if (waiting_++ == 0) {
            execute("BEGIN");
        }
        ::sqlite3_bind_int64(insert_, 1, static_cast<sqlite3_int64>(id));
        bind(insert_, 2, text);
        step_to_end(insert_);
        if (waiting_ == kBatch) {
            execute("COMMIT");
            waiting_ = 0;
        }
    }

    void finish() override {
        if (waiting_ > 0) {
            execute("COMMIT");
        }
        execute("INSERT INTO posts(posts) VALUES('optimize')");
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
        execute("VACUUM");
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    void newest(
        const std::vector<std::string>& words,
        std::size_t limit,
        std::vector<std::uint64_t>& ids
    ) override {
        std::string wanted;
        for (const std::string& word : words) {
            wanted += "\"" + word + "\" ";
        }
        bind(select_, 1, wanted);
        ::sqlite3_bind_int64(select_, 2, static_cast<sqlite3_int64>(limit));
        ids.clear();
        int done = ::sqlite3_step(select_);
        for (; done == SQLITE_ROW; done = ::sqlite3_step(select_)) {
            ids.push_back(static_cast<std::uint64_t>(::sqlite3_column_int64(select_, 0)));
        }
        check(done == SQLITE_DONE ? SQLITE_OK : done);
        ::sqlite3_reset(select_);
    }

private:
    void check(int code) {
        if (code != SQLITE_OK) {
            throw std::runtime_error(::sqlite3_errmsg(db_));
        }
    }
    void execute(const char* sql) { check(::sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(::sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr));
        return statement;
    }
    /// `text` stays until the statement has run.
    void bind(sqlite3_stmt* statement, int at, const std::string& text) {
        check(::sqlite3_bind_text(
            statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC
        ));
    }
    void step_to_end(sqlite3_stmt* statement) {
        const int done = ::sqlite3_step(statement);
        check(done == SQLITE_DONE ? SQLITE_OK : done);
        ::sqlite3_reset(statement);
    }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
    std::size_t waiting_ = 0;
};

}  // namespace

std::unique_ptr<Engine> open_engine(const std::filesystem::path& folder) {
    return std::make_unique<SqliteEngine>(folder);
}

}  // namespace rookery::bench
