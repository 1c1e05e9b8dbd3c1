#include "app/demo_names.h"

#include <array>

namespace rookery::app::demo {

namespace {

// clang-format off: one name a line would be a thousand lines.
constexpr std::array<Culture, 22> kCultures{{
    {"en", false,
     "Alice Harriet Owen Maeve Rowan Tamsin Jonah Edith Callum Niamh Silas Wren",
     "Ashdown Whitlock Byrne Hollis Marsh Penrose Tully Fairley Quigley Thorne "
     "Lennox Barlow"},
    {"en", false,
     "Alice Harriet Owen Maeve Rowan Tamsin Jonah Edith Callum Niamh Silas Wren",
     "Okafor Adeyemi Mensah Diallo Eze Balogun Asante Nwosu Sow Bello Boateng "
     "Ogunleye"},
    {"de", false,
     "Anneke Jonas Friederike Matthis Lena Till Käthe/kathe Bastian Marlene Ruben "
     "Frauke Joachim",
     "Brandt Vogel Krämer/kraemer Lindner Hoffstatt Dietz Kessler Amsel Böhm/boehm "
     "Reuter Steinbach Wolff"},
    {"fr", false,
     "Élodie/elodie Mathis Solène/solene Bastien Margaux Théo/theo Aurélie/aurelie "
     "Loïc/loic Clémence/clemence Rémi/remi Inès/ines Hugo",
     "Moreau Garnier Lefort Delorme Perrin Chastel Renaud Vasseur Jolivet Marchand "
     "Tissot Bonnet"},
    {"es", false,
     "Lucía/lucia Mateo Ximena Joaquín/joaquin Paloma Andrés/andres Marisol Iker "
     "Valentina Tomás/tomas Rocío/rocio Emilio",
     "Herrera Quiroga Ibáñez/ibanez Salcedo Montoya Cifuentes Robles Arriaga "
     "Peña/pena Villalba Ochoa Zamora"},
    {"pt", false,
     "Beatriz Caio Inês/ines Rafael Luana João/joao Teresa Thiago Catarina Davi "
     "Lídia/lidia Vasco",
     "Teixeira Nogueira Sampaio Azevedo Barros Figueira Macedo Prado Coutinho Rangel "
     "Serpa Valente"},
    {"it", false,
     "Chiara Lorenzo Ginevra Matteo Ilaria Davide Serena Pietro Noemi Tommaso Bianca "
     "Nicolò/nicolo",
     "Bellandi Ferri Colombo Marchetti Rinaldi Sartori Valli Gallo Pellegrini "
     "Fontana Longhi Zanetti"},
    {"en", false,
     "Łukasz/lukasz Agnieszka Bartek Zofia Paweł/pawel Hanna Kacper "
     "Małgorzata/malgorzata Wojtek Iga Stanisław/stanislaw Ola",
     "Wilk Dąbek/dabek Sikora Nowicka Kaczmarek Lis Zając/zajac Górski/gorski Wrona "
     "Maj Jaworska Kruk"},
    {"en", false,
     "Ingrid Sören/soeren Aino Lars Freyja Mikkel Tuuli Eirik Sigrún/sigrun Nils "
     "Astrid Jussi",
     "Lindqvist Haugen Korhonen Dahl Bergström/bergstroem Nygaard Salmela Rask "
     "Hallgrímsdóttir/hallgrims Vik Holm Aaltonen"},
    {"en", false,
     "Elif Emre Defne Kerem Zeynep Barış/baris Nazlı/nazli Onur Selin Deniz "
     "İpek/ipek Tolga",
     "Yıldız/yildiz Aksoy Demirel Kaya Çınar/cinar Toprak Erdem Özgür/ozgur Sezer "
     "Korkut Bulut Tekin"},
    {"en", false,
     "Layla Omar Nour Karim Salma Youssef Rania Tariq Hiba Sami Dalia Idris",
     "Haddad Mansour Khalil Nasser Benali Sabbagh Qasim Darwish Zahran Farouk Tazi "
     "Abboud"},
    {"en", false,
     "Shirin Kaveh Parisa Arash Niloofar Behnam Roya Siavash Mahsa Dariush Golnar "
     "Farhad",
     "Rostami Tehrani Jalali Kamali Moradi Sohrabi Bahrami Yazdani Ardalan Parsa "
     "Navabi Zand"},
    {"en", false,
     "Ananya Rohan Meera Vikram Kavitha Arjun Ishita Sanjay Lakshmi Dev Nandini "
     "Farhan",
     "Iyer Banerjee Kulkarni Nair Chaudhry Mehta Subramanian Das Rao Gill Bhatt "
     "Sengupta"},
    {"en", true,
     "Mei Jianyu Xiaolan Haoran Yun Zihan Lihua Wenbo Qing Ruoxi Tao Shufen",
     "Lin Zhou Ouyang Xu Gao Shen Tang Luo Fang Bai He Qiu"},
    {"ja", true,
     "さくら/sakura 拓海/takumi 陽菜/hina 健太/kenta 美咲/misaki 悠斗/yuto 葵/aoi 直樹/naoki "
     "千夏/chinatsu 蓮/ren 詩織/shiori 大輔/daisuke",
     "森/mori 藤井/fujii 小川/ogawa 石田/ishida 林/hayashi 岡本/okamoto 松浦/matsuura "
     "西村/nishimura 原/hara 青木/aoki 三浦/miura 杉山/sugiyama"},
    {"en", true,
     "Seo-yeon/seoyeon Min-jun/minjun Ha-eun/haeun Ji-ho/jiho Yuna "
     "Dong-hyun/donghyun Su-bin/subin Tae-yang/taeyang Eun-ji/eunji Hyun-woo/hyunwoo "
     "Da-hye/dahye Jun-seo/junseo",
     "Kim Park Choi Jung Kang Yoon Han Seo Moon Baek Noh Ahn"},
    {"en", true,
     "Linh Minh Thảo/thao Quân/quan Ngọc/ngoc Hải/hai Trang Khoa Vy Phúc/phuc Mai "
     "Tuấn/tuan",
     "Nguyễn/nguyen Trần/tran Lê/le Phạm/pham Võ/vo Đặng/dang Bùi/bui Hồ/ho "
     "Dương/duong Lý/ly Đỗ/do Tô/to"},
    {"en", false,
     "Adaeze Tunde Ngozi Kwame Folake Emeka Abena Babajide Zainab Kofi Ifeoma "
     "Ousmane",
     "Okafor Adeyemi Mensah Diallo Eze Balogun Asante Nwosu Sow Bello Boateng "
     "Ogunleye"},
    {"en", false,
     "Wanjiru Abebe Amina Juma Selam Otieno Zawadi Dawit Neema Kiprop Hiwot Baraka",
     "Mwangi Tesfaye Achieng Kamau Haile Mushi Wekesa Bekele Njoroge Cheruiyot Abdi "
     "Nyerere"},
    {"en", false,
     "Aroha Keoni Moana Tane Leilani Wiremu Hana Manaia Sefina Rangi Kalea Ioane",
     "Parata Kahananui Tamihana Leota Ngata Kealoha Waititi Faleolo Hohepa Makoa "
     "Tuala Rewi"},
    {"en", false,
     "Oksana Taras Solomiya Bohdan Yaryna Ostap Kateryna Maksym Zlata Danylo Lesia "
     "Roman",
     "Kovalenko Shevchuk Bondar Melnyk Horobets Lysenko Tkach Zhuravel Petrenko "
     "Soroka Hnatiuk Vovk"},
    {"en", false,
     "Eleni Nikos Despina Stavros Katerina Petros Ioanna Yannis Danae Manolis Myrto "
     "Thanos",
     "Papadakis Vlachos Karras Nikolaou Samaras Economou Galanis Sideris Rallis "
     "Makris Zervas Lambros"},
}};
// clang-format on

constexpr std::string_view kTowns =
    "Bergen|Porto|Leeds|Gdańsk|Lagos|Kyoto|Valparaíso|Tromsø|Accra|Bengaluru|Lyon|"
    "Halifax|Ghent|Izmir|Busan|Da Nang|Nairobi|Wellington|Lviv|Thessaloniki|Bologna|"
    "Utrecht|Galway|Turku|Medellín|Recife|Seville|Tallinn|Leipzig|Montréal|"
    "Marseille|Addis Ababa|Chengdu|Sapporo|Pune|Amman|Tunis|Hilo|Cork|Basel";

}  // namespace

std::span<const Culture> cultures() {
    return kCultures;
}

std::string_view towns() {
    return kTowns;
}

}  // namespace rookery::app::demo
