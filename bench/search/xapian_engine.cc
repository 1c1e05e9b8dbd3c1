// Xapian: stemmed, with positions. Its documents are numbered downwards, so that a boolean search
// in ascending order has the newest first and ends when it has enough, as ours does.
#include "engine.h"

#include <xapian.h>

#include <limits>

namespace rookery::bench {

namespace {

constexpr Xapian::docid kFirst = std::numeric_limits<Xapian::docid>::max() - 1;
/// Posts of one commit. Its makers advise large ones; the default is 10,000.
constexpr std::size_t kBatch = 10'000;

class XapianEngine final : public Engine {
public:
    explicit XapianEngine(const std::filesystem::path& folder)
        : filled_(folder / "filled"),
          searched_(folder / "searched"),
          database_(filled_.string(), Xapian::DB_CREATE_OR_OPEN) {
        generator_.set_stemmer(stem_);
    }

    void add(std::uint64_t id, const std::string& text) override {
        Xapian::Document document;
        generator_.set_document(document);
        generator_.set_termpos(0);
        generator_.index_text(text);
        database_.replace_document(kFirst - static_cast<Xapian::docid>(id), document);
        if (++waiting_ == kBatch) {
            database_.commit();
            waiting_ = 0;
        }
    }

    void finish() override {
        database_.commit();
        database_.compact(searched_.string(), Xapian::DBCOMPACT_NO_RENUMBER);
        database_.close();
        std::filesystem::remove_all(filled_);
        reader_ = Xapian::Database(searched_.string());
    }

    void newest(
        const std::vector<std::string>& words,
        std::size_t limit,
        std::vector<std::uint64_t>& ids
    ) override {
        std::vector<Xapian::Query> terms;
        for (const std::string& word : words) {
            terms.emplace_back("Z" + stem_(word));
        }
        Xapian::Enquire enquire(reader_);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end()));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_docid_order(Xapian::Enquire::ASCENDING);
        const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
        ids.clear();
        for (auto at = found.begin(); at != found.end(); ++at) {
            ids.push_back(kFirst - *at);
        }
    }

private:
    std::filesystem::path filled_;
    std::filesystem::path searched_;
    Xapian::WritableDatabase database_;
    Xapian::Database reader_;
    Xapian::Stem stem_{"en"};
    Xapian::TermGenerator generator_;
    std::size_t waiting_ = 0;
};

}  // namespace

std::unique_ptr<Engine> open_engine(const std::filesystem::path& folder) {
    return std::make_unique<XapianEngine>(folder);
}

}  // namespace rookery::bench
