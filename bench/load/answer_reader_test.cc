#include "load/answer_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rookery::load {

namespace {

using State = AnswerReader::State;

struct Seen {
    State state = State::kHead;
    int status = 0;
    std::string body;
    std::uint64_t body_bytes = 0;
    std::size_t taken = 0;
    bool keeps_alive = false;

    bool operator==(const Seen&) const = default;
};

Seen read(const std::vector<std::string>& parts, bool keep = true, bool close = false) {
    AnswerReader reader;
    reader.begin(keep);
    std::size_t taken = 0;
    for (const std::string& part : parts) {
        taken += reader.feed(part);
    }
    if (close) {
        reader.close();
    }
    return {
        reader.state(),
        reader.status(),
        reader.body(),
        reader.body_bytes(),
        taken,
        reader.keeps_alive(),
    };
}

const std::string kLength = "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: 5\r\n\r\nhello";
const std::string kChunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    "5\r\nhello\r\nA;name=\"v\"\r\n, my world\r\n0\r\nTrailer: 1\r\n\r\n";
const std::string kUntilClose = "HTTP/1.0 404 Not Found\r\nX: y\r\n\r\ngone";

TEST(AnswerReader, ReadsABodyOfGivenLength) {
    const Seen seen = read({kLength});
    EXPECT_EQ(seen, (Seen{State::kDone, 200, "hello", 5, kLength.size(), true}));
}

TEST(AnswerReader, ReadsAChunkedBody) {
    const Seen seen = read({kChunked});
    EXPECT_EQ(seen, (Seen{State::kDone, 200, "hello, my world", 15, kChunked.size(), true}));
}

TEST(AnswerReader, ReadsABodyThatEndsWithTheConnection) {
    EXPECT_EQ(read({kUntilClose}).state, State::kBody);
    const Seen seen = read({kUntilClose}, true, true);
    EXPECT_EQ(seen, (Seen{State::kDone, 404, "gone", 4, kUntilClose.size(), false}));
}

TEST(AnswerReader, SeesTheSameHoweverTheBytesAreCut) {
    for (const std::string& answer : {kLength, kChunked, kUntilClose}) {
        const Seen whole = read({answer}, true, true);
        std::vector<std::string> single;
        for (std::size_t cut = 0; cut <= answer.size(); ++cut) {
            EXPECT_EQ(read({answer.substr(0, cut), answer.substr(cut)}, true, true), whole) << cut;
            if (cut < answer.size()) {
                single.push_back(answer.substr(cut, 1));
            }
        }
        EXPECT_EQ(read(single, true, true), whole);
    }
}

TEST(AnswerReader, LeavesWhatFollowsTheAnswer) {
    for (const std::string& answer : {kLength, kChunked}) {
        EXPECT_EQ(read({answer + "HTTP/1.1 500"}).taken, answer.size());
    }
}

TEST(AnswerReader, LetsTheBodyBeSkippedUnseen) {
    AnswerReader reader;
    reader.begin(false);
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
    EXPECT_EQ(reader.skippable(), 997U);
    reader.skipped(900);
    EXPECT_EQ(reader.skippable(), 97U);
    EXPECT_EQ(reader.state(), State::kBody);
    reader.skipped(97);
    EXPECT_EQ(reader.state(), State::kDone);
    EXPECT_EQ(reader.body_bytes(), 1000U);

    reader.begin(false);
    reader.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(reader.skippable(), 0U);
    reader.feed("ff\r\n");
    EXPECT_EQ(reader.skippable(), 255U);
    reader.skipped(255);
    EXPECT_EQ(reader.skippable(), 0U);
    reader.feed("\r\n0\r\n\r\n");
    EXPECT_EQ(reader.state(), State::kDone);
    EXPECT_EQ(reader.body_bytes(), 255U);

    reader.begin(true);
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    EXPECT_EQ(reader.skippable(), 0U);
}

TEST(AnswerReader, KnowsAnswersWithoutABody) {
    EXPECT_EQ(read({"HTTP/1.1 204 No Content\r\n\r\n"}).state, State::kDone);
    EXPECT_EQ(read({"HTTP/1.1 304\r\nContent-Length: 77\r\n\r\n"}).state, State::kDone);
    EXPECT_EQ(read({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}).state, State::kDone);
}

TEST(AnswerReader, PassesOverInterimAnswers) {
    const Seen seen = read({"HTTP/1.1 100 Continue\r\n\r\n" + kLength});
    EXPECT_EQ(seen.state, State::kDone);
    EXPECT_EQ(seen.status, 200);
}

TEST(AnswerReader, KnowsWhetherTheConnectionStays) {
    EXPECT_TRUE(read({kLength}).keeps_alive);
    const std::string empty = "Content-Length: 0\r\n\r\n";
    EXPECT_FALSE(read({"HTTP/1.1 200 OK\r\nConnection: foo, Close\r\n" + empty}).keeps_alive);
    EXPECT_FALSE(read({"HTTP/1.0 200 OK\r\n" + empty}).keeps_alive);
    EXPECT_TRUE(read({"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + empty}).keeps_alive);
}

TEST(AnswerReader, RefusesWhatIsNoAnswer) {
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    for (const std::string& bytes : {
             std::string("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
             std::string("HTTP/1.1 2x0 OK\r\n\r\n"),
             std::string("HTTP/2 200\r\n\r\n"),
             ok + "no colon\r\n\r\n",
             ok + "Content-Length: -1\r\n\r\n",
             ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
             ok + "Transfer-Encoding: gzip\r\n\r\n",
             ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
             ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
             ok + "Transfer-Encoding: chunked\r\n\r\n1\n",
             ok + std::string(70'000, 'a'),
         }) {
        EXPECT_EQ(read({bytes}).state, State::kBroken) << bytes.substr(0, 80);
    }
    EXPECT_EQ(read({kLength.substr(0, kLength.size() - 1)}, true, true).state, State::kBroken);
    EXPECT_EQ(read({kChunked.substr(0, kChunked.size() - 1)}, true, true).state, State::kBroken);
    EXPECT_EQ(read({""}, true, true).state, State::kBroken);
}

}  // namespace

}  // namespace rookery::load
