#include "api/mastodon/default_pictures.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace rookery::api::mastodon {

namespace {

using Colour = std::array<double, 3>;

constexpr Colour kSky{0.70, 0.78, 0.88};
constexpr Colour kDusk{0.45, 0.55, 0.70};
constexpr Colour kFigure{0.95, 0.96, 0.98};

Colour mix(const Colour& a, const Colour& b, double share_of_b) {
    Colour out{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = a[i] + (b[i] - a[i]) * share_of_b;
    }
    return out;
}

void append_number(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>(value >> shift));
    }
}

/// One chunk (PNG, section 5.3): length, type, data, CRC of the two.
void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    const std::string content = std::string(type) + std::string(data);
    out += content;
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    append_number(out, static_cast<std::uint32_t>(crc));
}

/// A PNG of 8-bit RGB whose pixel at (x, y), both in 0..1, is `colour_at(x, y)`.
template <class ColourAt>
std::string draw_png(std::uint32_t width, std::uint32_t height, ColourAt colour_at) {
    std::string rows;
    rows.reserve((width * 3 + 1) * height);
    for (std::uint32_t y = 0; y < height; ++y) {
        rows.push_back('\0');  // no filter
        for (std::uint32_t x = 0; x < width; ++x) {
            const Colour colour = colour_at((x + 0.5) / width, (y + 0.5) / height);
            for (const double part : colour) {
                rows.push_back(static_cast<char>(std::lround(part * 255)));
            }
        }
    }
    uLongf size = compressBound(rows.size());
    std::string packed(size, '\0');
    compress2(
        reinterpret_cast<Bytef*>(packed.data()),
        &size,
        reinterpret_cast<const Bytef*>(rows.data()),
        rows.size(),
        9
    );
    packed.resize(size);

    std::string header;
    append_number(header, width);
    append_number(header, height);
    header += std::string("\x08\x02\x00\x00\x00", 5);
    std::string png = "\x89PNG\r\n\x1a\n";
    append_chunk(png, "IHDR", header);
    append_chunk(png, "IDAT", packed);
    append_chunk(png, "IEND", "");
    return png;
}

/// How much of a pixel lies within an ellipse, with an edge that is soft over a pixel or so.
double
inside(double x, double y, double centre_x, double centre_y, double radius_x, double radius_y) {
    const double distance = std::hypot((x - centre_x) / radius_x, (y - centre_y) / radius_y);
    const double edge = 0.02;
    return std::clamp((1 + edge - distance) / (2 * edge), 0.0, 1.0);
}

}  // namespace

std::string default_avatar_png() {
    return draw_png(240, 240, [](double x, double y) {
        const double head = inside(x, y, 0.5, 0.38, 0.18, 0.20);
        const double shoulders = inside(x, y, 0.5, 1.02, 0.38, 0.36);
        return mix(mix(kSky, kDusk, y), kFigure, std::max(head, shoulders));
    });
}

std::string default_header_png() {
    return draw_png(600, 200, [](double x, double y) {
        const double hill = 0.72 - 0.12 * std::sin(x * 5.0) - 0.05 * std::sin(x * 11.0 + 1.0);
        return mix(mix(kSky, kDusk, y), kFigure, y > hill ? 0.18 : 0.0);
    });
}

}  // namespace rookery::api::mastodon
