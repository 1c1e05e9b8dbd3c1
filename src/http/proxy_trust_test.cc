#include "http/proxy_trust.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace rookery::http {

namespace {

class ProxyTrustTest : public testing::Test {
protected:
    [[nodiscard]] bool trusts(const char* address) const {
        return trust_.is_trusted(boost::asio::ip::make_address(address));
    }

    [[nodiscard]] std::string client_of(std::vector<std::string> forwarded) const {
        Request request;
        request.remote_address = "10.0.0.1";
        for (std::string& value : forwarded) {
            request.headers.emplace_back("x-forwarded-for", std::move(value));
        }
        trust_.apply(request);
        return request.remote_address;
    }

    ProxyTrust trust_{{"10.0.0.0/8", "192.168.1.128/25", "127.0.0.1", "fd00::/9", "::1"}};
};

TEST_F(ProxyTrustTest, KnowsAddressesInItsBlocks) {
    for (const char* address :
         {"10.0.0.0", "10.255.255.255", "192.168.1.128", "127.0.0.1", "fd7f::1", "::1"}) {
        EXPECT_TRUE(trusts(address)) << address;
    }
    for (const char* address :
         {"11.0.0.0", "9.255.255.255", "192.168.1.127", "127.0.0.2", "fd80::1", "::2"}) {
        EXPECT_FALSE(trusts(address)) << address;
    }
}

TEST_F(ProxyTrustTest, BelievesTheRightmostAddressThatIsNoProxy) {
    EXPECT_EQ(client_of({"203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client_of({"1.2.3.4, 203.0.113.7, 10.0.0.2"}), "203.0.113.7");
    EXPECT_EQ(client_of({"1.2.3.4", "203.0.113.7 , 10.0.0.2"}), "203.0.113.7");
    EXPECT_EQ(client_of({"10.0.0.3, 10.0.0.2"}), "10.0.0.3");
    EXPECT_EQ(client_of({}), "10.0.0.1");
}

TEST_F(ProxyTrustTest, StopsAtWhatIsNotAnAddress) {
    EXPECT_EQ(client_of({"203.0.113.7, unknown"}), "10.0.0.1");
    EXPECT_EQ(client_of({"203.0.113.7, unknown, 10.0.0.2"}), "10.0.0.2");
    EXPECT_EQ(client_of({""}), "10.0.0.1");
}

TEST_F(ProxyTrustTest, UnderstandsPortsAndBothFamilies) {
    EXPECT_EQ(client_of({"203.0.113.7:4711"}), "203.0.113.7");
    EXPECT_EQ(client_of({"2001:db8::7"}), "2001:db8::7");
    EXPECT_EQ(client_of({"[2001:db8::7]:4711"}), "2001:db8::7");
    EXPECT_EQ(client_of({"::ffff:203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client_of({"["}), "10.0.0.1");
}

TEST_F(ProxyTrustTest, TakesTheSchemeFromTheNearestProxy) {
    Request request;
    request.headers.emplace_back("x-forwarded-proto", "http, https");
    trust_.apply(request);
    EXPECT_TRUE(request.secure);
    request.headers[0].second = "https, http";
    trust_.apply(request);
    EXPECT_FALSE(request.secure);
}

TEST(ProxyTrust, RefusesBadBlocks) {
    for (const char* block :
         {"", "x", "1.2.3", "1.2.3.4/33", "::1/129", "1.2.3.4/", "1.2.3.4/8x"}) {
        EXPECT_THROW(ProxyTrust({block}), std::invalid_argument) << block;
    }
}

}  // namespace

}  // namespace rookery::http
