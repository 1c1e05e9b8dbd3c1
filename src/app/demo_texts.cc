#include "app/demo_grammar.h"

namespace rookery::app::demo {

namespace {

// The form is described in demo_grammar.h.
constexpr std::string_view kTexts = R"(
[general]
when = this morning | last night | yesterday evening | on my way home | before breakfast | at lunch | after the rain stopped | just now | around midnight | over the weekend
mood = Delighted. | Not sorry. | Small joys. | I needed that. | Worth getting up for. | My shoes disagree. | Nobody here believes me. | Ten out of ten. | I will not be taking questions. | That is the whole post. | Still grinning. | More tea now.
relative = my sister | my neighbour | my dad | a colleague | my oldest friend | the kid next door | my aunt | my partner | my landlady | someone at the bus stop
number = three | four | five | six | seven | nine | eleven | a dozen
weekday = Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday
agree = Yes, exactly this. | Same here. | Completely. | I was about to write the same. | Could not agree more. | This, a hundred times.
doubt = Are you sure? | I am not convinced, to be honest. | Hm, that was different for me. | Depends on the day, I find. | Interesting, I would have said the opposite.
post + {relative} asked what I actually do all day {when}. I pointed at the garden, the cat and the kettle. Fair summary.
post + Today's list had {number} things on it. I did one, and it was not on the list.
post + Overheard {when}: "It is not late, it is early for tomorrow." Adopting this.
post + The quiet hour before everyone wakes up is the best room in the house.
post + Question for everyone: what is something small that made your {weekday} better? #smalljoys
post + Moved my desk half a metre to the left. New person. New life. Same deadlines.
post + The power went out {when} and the whole street came outside to talk. We should schedule that.
post + I have been saying "after the holidays" since about March.
post + {relative} sent a postcard. An actual postcard. It took nine days and it is on the fridge now. #smalljoys
post + New here! I mostly talk about whatever I should not be doing at work. Who should I follow? #introductions
post + It is {weekday} and I have already used up all my opinions. Please leave yours below.
post + Fixed the dripping tap {when} with a video, a rubber ring and unreasonable confidence. {mood}
post + Reminder that you may simply leave the party, close the tab and go to bed.
post + There is a particular light at the end of a rainy afternoon that no camera of mine has ever caught.
post + The bakery had one cinnamon bun left and the person in front of me saw my face and took the plain one. Civilisation stands.
reply + {agree}
reply + {agree} And it gets better with practice.
reply + {doubt}
reply + {doubt} But you may well be right.
reply + Thank you for this, it made my {weekday}.
reply + Can confirm. It happened to {relative} as well, and there was a goat involved.
reply + How long did that take you?
reply + Saving this for later. I have plans now.
reply + I laughed out loud on the tram and now everybody is looking.
reply + Where was that? It looks familiar.
reply + Ha! {relative} would never let me hear the end of it.
reply + Wait, there is more than one way to do it?
reply + I have tried that {number} times. It worked once. I do not know why.
reply + Please keep posting these.
reply + That is a very good point, and I had not seen it that way.
reply + Counterpoint: tea first, then everything else.
reply + You say that as if it was a bad thing :)
reply + Congratulations! You have earned the sofa.
answer + About an hour, and then another one to clean up.
answer + Good question! I will try it again on {weekday} and tell you.
answer + Exactly. I knew someone here would understand.
answer + Ha, no, but {relative} did warn me.
answer + It is behind the old station, past the blue door. Go early.
answer + I wish I knew. It just works since then.
answer + Fair. I may have exaggerated a little.
answer + Thank you! That is kind.
answer + I changed my mind twice while writing it, so you are in good company.
answer + Only on a {weekday}, apparently.
bio + {role}. {place}
bio + {role}, sometimes both at once.
bio + Mostly harmless. {role} in {town}.
bio + {role} by day, asleep by night.
bio + I like {like}, {like} and being left in peace with both.
bio + {town}. {role}. Opinions vary.
bio + Here for {like}. Staying for {like}.
role = Nurse | Tram driver | Teacher | Bookbinder | Software person | Translator | Gardener | Retired surveyor | Student of too many things | Baker | Hydrologist | Librarian | Carpenter | Piano tuner | Lab technician | Radio producer | Cartographer | Bike mechanic | Physiotherapist | Stage manager | Beekeeper | Archivist | Electrician | Sound engineer
like = slow trains | rainy Sundays | good bread | old maps | long walks | bad puns | clean diagrams | loud birds | quiet libraries | hot soup | mountain weather | second-hand books | strong coffee | public benches
place = Lives near a river. | Two cats, no plan. | Left-handed. | Always a little late. | Replies slowly, reads everything. | Ask me about soup. | Will stop for dogs.
town = Bergen | Porto | Leeds | Lagos | Kyoto | Accra | Lyon | Ghent | Izmir | Busan | Nairobi | Lviv | Bologna | Galway | Turku | Recife | Tallinn | Leipzig | Marseille | Pune
secret = I have told nobody else yet, but I handed in my notice today. | Followers only, because my mother reads the public ones: the cake was bought. | Not for the whole internet: we are moving to {town} in spring! | Slightly wobbly week over here. Kind words welcome, advice less so. | Small circle only: the results came back and everything is fine.
whisper = are you coming on {weekday}? I will bring the thermos. | I left the key with {relative}, second drawer. | did you see what they answered? I am crying. | happy birthday for tomorrow, the parcel is late of course! | could you look over my text before {weekday}? No hurry, really.
warning = weather, complaining | long rant | food | work talk | bad pun | medical, all fine

[birds]
tag = birds | birding | nature
bird = rook | jackdaw | kingfisher | goldcrest | curlew | heron | wren | buzzard | plover | treecreeper | siskin | barn owl
place = by the canal | on the church roof | in the car park of all places | over the allotments | behind the school | down at the estuary | in the neighbour's birch | on the power line
deed = arguing about a stick | building a nest out of stolen wire | bathing in a gutter | teaching {number} young ones to fly | watching me watching it | singing as if it was paid by the note | chasing a gull twice its size
post + {number} {bird}s {place} {when}, {deed}. {mood} #birds
post + Heard a {bird} {place} {when}. First one this year. I may have waved. #birding
post + There is a {bird} {place} and it has been {deed} since {weekday}. I have named it Gerald.
post + Rooks remember faces. I bring them walnuts {place}, and now they walk me to work. #birds #corvids
post + Can anyone tell a {bird} from a {bird} by call alone? Asking because {relative} claims to. #birding
post + The {bird} count {place}: {number}. Same weekend last year: none. Something is going right. #nature
post + Evening roost again: hundreds of jackdaws and rooks coming in from all sides, then silence as if someone had turned a key. #corvids
post + Dear {bird} {place}: it is half past four. In the morning. Please. #birding
reply + Could it have been a {bird}? They turn up {place} at this time of year.
reply + We have one {place} as well! It spends the day {deed}.
reply + My field guide says that is a {bird}, my heart says dinosaur.
reply + Put out walnuts. They will bring friends.
warning + graphic nature

[baking]
tag = baking | bread | sourdough
bread = rye loaf | focaccia | seeded sourdough | milk bread | plain white loaf | challah | barley flatbread | walnut loaf
fault = flat as a map | burnt below and raw above | stuck to the tin for good | denser than a paving stone | shaped like a shoe | gone before it was cold
post + Today's {bread}: {fault}. We ate it anyway, with butter and forgiveness. #baking
post + The {bread} finally worked. The trick was patience, which I had tried everything to avoid. #bread
post + My starter survived two weeks in the fridge while I was away. It smells like a brewery and it is very hungry. #sourdough
post + Baking {when} because I could not sleep. {bread}, cardamom, radio on low. {mood} #baking
post + {relative} wants the recipe for the {bread}. There is no recipe. There is a feeling and a timer. #baking
post + Flour on the cat again. #baking
post + If your {bread} comes out {fault}, lower the oven rack and wait ten minutes more than you want to. #bread
post + Unpopular opinion: day-old {bread}, toasted, beats the fresh one. #bread
reply + What flour do you use? Mine always comes out {fault}.
reply + Longer in the fridge. Always longer in the fridge.
reply + I can smell this post.
reply + Mine was {fault}, so you are ahead of me.
warning + food

[stars]
tag = astronomy | stars | space
thing = Saturn | the Pleiades | Jupiter with all four moons | the Orion nebula | a very thin moon | Andromeda, just about | the space station | a proper fireball
place = from the balcony | from the dark field behind the village | between two clouds | with the old binoculars | through {relative}'s telescope | while taking out the bins
post + {thing} {place} {when}. {mood} #astronomy
post + Cloud. Cloud. Cloud. One minute of {thing}. Cloud. Worth it. #astronomy
post + Showed {relative} {thing} {place}. Long silence, then: "And it is always there?" Yes. It is always there. #stars
post + The light from {thing} left long before I owned this coat, and this coat is old. #space
post + Street lights off in our road until {weekday} because of repairs. Best week of the year. #stars
post + Frost on the tube, no feeling in the fingers, {thing} perfectly still. {mood} #astronomy
post + Beginner's tip: a chair. Not a bigger telescope. A chair. #astronomy
reply + Which eyepiece was that? I tried {thing} and saw a smudge with ambitions.
reply + Clear skies to you! Here it is soup.
reply + I saw {thing} too! We looked at the same time.
reply + Give your eyes twenty minutes and no phone.

[bikes]
tag = cycling | bikes
part = chain | rear brake | left pedal | headlight | bottom bracket | saddle | front tyre
route = the river path | the old railway line | the hill behind the quarry | the coast road | the long way to work | the pass, in the wrong gear
post + {route} {when}, headwind both ways, somehow. {mood} #cycling
post + The {part} has been making a noise since {weekday}. I turned up the music. Problem solved until it is not. #bikes
post + Replaced the {part} myself. Only {number} parts left over. #bikes
post + They finally opened the new lane along {route}. It ends at a hedge, but it is a lane. #cycling
post + Rode {route} with {relative}. We stopped for cake {number} times, so on balance we did not move. #cycling
post + A bicycle is a machine that turns bread into hills. #cycling
post + Somebody left a note on my bike: "Your {part} is loose, I tightened it." Whoever you are: thank you. #bikes
reply + Check the {part}. It is always the {part}.
reply + {route} is lovely in the other direction, too. No wind. I promise.
reply + Did you take the cobbles? My teeth still remember.
reply + What tyres do you ride there?

[gardens]
tag = gardening | plants
plant = tomatoes | broad beans | dahlias | figs | courgettes | sweet peas | lemons | potatoes | garlic
pest = slugs | pigeons | chickens from next door | aphids | snails | wood mice
post + The {plant} have met the {pest}. It was not a long meeting. #gardening
post + First {plant} of the year! I have told everyone I know and {number} people I do not. #gardening
post + Planted {plant} {when} and went out every hour to look. Nothing so far. {mood} #gardening
post + {relative} gave me seeds in an unmarked envelope. Could be {plant}. Could be anything. #gardening
post + It has not rained for {number} days and the watering can and I are now one creature. #gardening
post + Does anything help against {pest} that is not "accept it"? #gardening
post + Compost update: warm, smelly, alive. Proud as a parent. #compost
post + Swapped {plant} for honey over the fence. The old economy works fine. #gardening
reply + Copper tape. Or ducks, if you have room for ducks.
reply + Ours drowned, if that is a comfort.
reply + {plant} next to {plant}, trust me. They like each other.
reply + I gave up on {plant} and now they grow by themselves behind the shed.

[code]
tag = programming | opensource
thing = parser | build script | scheduler | date library | test suite | config loader | cache | queue
bug = an off-by-one from 2019 | a time zone | a missing comma | two caches that did not talk to each other | a file that existed only on my machine | a retry that retried the retry
post + Spent the day on the {thing}. The cause was {bug}. It is always {bug}. #programming
post + Deleted {number} hundred lines from the {thing} {when} and everything still passes. {mood} #programming
post + Reviewing a {thing} somebody wrote with obvious care. Names, tests, a comment that says why. It reads like a letter. #opensource
post + Wrote a {thing} in an afternoon. See you in two years when I understand it. #programming
post + Our little {thing} got its first pull request from a stranger. Documentation, even! #opensource
post + Friday rule: no touching the {thing} after lunch. Broken {when}. The rule, and the {thing}. #programming
post + The best error message I met today: it named the file, the line and what to do about it. Be that message. #programming
post + Hot take: most "temporary" scripts outlive the company. #programming
reply + Was it {bug}? It was {bug}, was it not.
reply + Have you tried reading the {thing} backwards? Not a joke.
reply + Write the test first. Then you may be angry with reason.
reply + Our {thing} does the same thing every {weekday}.
reply + Oh, I know that {thing}. My condolences.

[photos]
tag = photography | film
film = expired slide film | a roll from 1998 | cheap black and white | the last colour roll | grandfather's camera and one lens
subject = laundry between houses | the harbour in fog | strangers' hands on the tram | shop windows at closing time | an empty swimming pool | shadows of railings
post + Got the negatives back: {film}, {subject}. Two good frames of thirty-six. {mood} #photography
post + Out with {film} {when}, looking for {subject}. #film
post + Forgot the lens cap for the first {number} pictures. Professional. #photography
post + Light is free. I have to write this down every winter. #photography
post + Project for this month: nothing but {subject}. Tell me yours. #photography
post + {relative} found a box of slides in the attic. {number} hundred of them. I know what I will be doing until spring. #film
reply + What film is that? The greys are lovely.
reply + Underexpose half a stop and be brave.
reply + I would hang that on a wall.
reply + Two of thirty-six is a very good rate!

[chess]
tag = chess
opening = the Caro-Kann | the Scandinavian | a London, forgive me | the French | the Dutch | some gambit with a long name
blunder = my queen | a whole rook | the thread | my nerve | the clock, mostly
post + Played {opening} at the club {when} and lost {blunder} on move {number}. {mood} #chess
post + The kid next door is eleven and beat me with {opening}. I taught them. I regret it and I do not. #chess
post + An endgame is a conversation where both have run out of small talk. #chess
post + {number} games, {number} different ways to lose {blunder}. #chess
post + Looking for a slow correspondence game, one move a day, {opening} or anything. Anyone? #chess
reply + {opening} again? You are a creature of habit.
reply + I would have lost {blunder} there as well.
reply + One move a day sounds right. e4, your turn.
reply + The engine says it was equal. The engine does not have to play it.

[trains]
tag = trains | railways
train = the night train | the slow regional | the 6:12 | the rail replacement bus | the sleeper | a three-coach diesel
delay = a cow on the line | a signal that wanted to be red | a missing driver | leaves, obviously | someone's balloon in the wires | a swan
post + {train} stopped {when} because of {delay}. The whole carriage became friends. #trains
post + If you take {train} in winter, sit on the left after the second tunnel. You are welcome. #railways
post + Woke up on {train} to snow, a river and somebody's sandwich. {mood} #trains
post + {number} minutes late due to {delay}. The announcement sounded as surprised as we were. #trains
post + Nothing makes a country feel as large as {train}. #railways
post + They want to close the branch line again. {number} people a day, they say. I know all of them by name. #railways
reply + Ours was {delay}. You win.
reply + {train} is the only place where I still read whole books.
reply + The dining car had soup once. We still talk about it.
reply + Left side after the tunnel: confirmed.

[sea]
tag = swimming | coast
state = glass | grey and choppy | freezing, officially | full of small jellyfish | green as a bottle | loud
post + In the sea {when}: {state}. Stayed {number} minutes. {mood} #swimming
post + The water was {state} and so was I. #swimming
post + Low tide, {number} herons and one man with a metal detector. The whole beach to ourselves. #coast
post + {relative} came swimming for the first time, screamed, and asked when we go again. #swimming
post + Found on the beach {when}: one left glove, a message in a bottle (a shopping list), sea glass. #coast
post + You never regret a swim. You regret forgetting the towel. #swimming
reply + How cold was it? Here: {state}.
reply + {number} minutes! I last two, with noises.
reply + A woolly hat. That is the whole secret.
reply + Mind the current by the pier when it is {state}.

[books]
tag = books | reading
book = a novel about a lighthouse | an old atlas | the biography of a cheese | poems, short ones | a ghost story | a history of salt | letters between two botanists | a thriller I will not name
post + Reading {book}. It is {weekday} and I have been on the same page since Sunday because it is that good. #books
post + Library haul {when}: {book}, {book} and a bookmark somebody forgot. #reading
post + The bookmark in my second-hand copy is a tram ticket from 1974. I now care more about the ticket. #books
post + Stayed up with {book} until the birds began. {mood} #reading
post + Give me the last sentence that made you close the book and look at the wall. #books
post + {relative} lends books with a slip inside: name, date, and "you will cry on page 211". Correct. #reading
reply + If you like that, try {book}.
reply + I abandoned it halfway. Should I go back?
reply + Page 211, every time.
reply + Libraries are the last place that wants nothing from you.

[maps]
tag = maps | cartography
map = a tourist map from the fifties | the 1:25 000 sheet | a hand-drawn map of the village | a sea chart | a metro map drawn by a child | the very first survey
post + Found {map} at the flea market. It shows a bridge that was never built. {mood} #maps
post + Walked home with {map} instead of the phone {when}. Got lost properly. #maps
post + Contour lines are just hills holding their breath. #cartography
post + {map}, {number} coffee stains, and a pencil cross with no explanation. Of course I am going there on {weekday}. #maps
post + Corrected a footpath in the open map. Somewhere someone will not climb a fence because of me. #maps
reply + What does the pencil cross mark? I must know.
reply + The bridge was planned until the war, I think.
reply + I have {map} on the kitchen wall.
reply + Take a photo of the legend, please. I collect legends.
warning + long map thread

[music]
tag = music | synth
gear = a broken tape machine | the little modular box | an upright piano, out of tune | my voice and a corridor | {number} oscillators and a cat | a borrowed cello
post + Recorded {when} with {gear}. Forty seconds are usable. They are very good seconds. #music
post + Band practice: {number} people, one tempo each. {mood} #music
post + Sold {gear} and missed it before the door closed. #synth
post + Somebody is practising scales across the yard. Every day one note further. I am so invested. #music
post + Wrote the bass line on the bus by humming into the phone. Everyone moved away. Good bass line. #music
post + Concert {when}: eleven listeners, two encores, one dog. {mood} #music
reply + Please release the forty seconds.
reply + I would listen to an hour of {gear}.
reply + Eleven listeners is a full house where I come from.
reply + Which key? It sounds like rain.

[kitchen]
tag = cooking | food
dish = lentil soup | dumplings | a pot of beans | jollof | kimchi stew | shakshuka | a very large paella | dal with burnt garlic | stuffed vine leaves
post + {dish} for {number} people, {number} bowls in the house. {mood} #cooking
post + {relative} and I disagree about {dish}. We have disagreed since 2008. Dinner is excellent. #cooking
post + Salt. It needed salt. It always needed salt. #cooking
post + Made {dish} {when} from what was left. There is more left now than before. #food
post + The smell of {dish} in the staircase means the second floor is back from holidays. #food
post + Secret of good {dish}: start yesterday. #cooking
reply + With or without tomatoes? Choose carefully.
reply + {relative} puts cinnamon in it. We do not speak of it.
reply + I would trade you a jar of pickles for a bowl of that.
reply + Start yesterday is the truest thing I have read today.
warning + food

[hills]
tag = hiking | mountains
hill = the ridge | the long valley | the chapel on the rock | the second-highest hill of the county | the marsh path | the old border stones
post + {hill} {when}. Fog until noon, then everything at once. {mood} #hiking
post + Met {number} people on {hill} and every one of them said "nearly there". Liars, all of them. #hiking
post + My knees have filed a complaint about {hill}. #mountains
post + Tea from a flask on {hill} tastes better than any restaurant. This is physics. #hiking
post + Slept in the hut below {hill}: {number} snorers, one mouse, stars like salt. #mountains
post + Walked {hill} with {relative}, who talks uphill and is silent downhill. I am the other way round. #hiking
reply + Was the bridge still out? We had to wade.
reply + "Nearly there" is a state of mind.
reply + Poles. I resisted for years. Poles.
reply + From which side? The east side has the better mud.

[words]
tag = linguistics | words
word = "petrichor" | "overmorrow" | "snollygoster" | "the day before the day before yesterday" | "apricity" | "a murmuration"
post + Word of the day: {word}. Used it {when}. Nobody noticed. {mood} #words
post + My grandmother's dialect has {number} words for mud and none for "soon". Explains a lot. #linguistics
post + {relative} says {word} without irony and I think we should all follow. #words
post + Every language has a sentence that only makes sense at a kitchen table. What is yours? #linguistics
post + Proofreading. Found a public notice that had become a public mouse. Left it for one beautiful minute. #words
post + Spelling is just history that you have to type. #linguistics
reply + Ours is "the fish is thinking". Do not ask.
reply + I propose {word} for everyday use.
reply + We say it differently two valleys over.
reply + Left it for one minute! A hero.
warning + bad pun

[machines]
tag = retrocomputing | hardware
machine = a beige tower | my first home computer | a label printer from the eighties | a pocket calculator with red digits | a terminal that weighs more than me | the oscilloscope
post + {machine} lives again! Changed {number} capacitors, learned {number} new words. {mood} #retrocomputing
post + Does anyone have a manual for {machine}? The switch says "NORM" and "NOT NORM". #hardware
post + Spent {when} reading old floppies. One of them is a letter from {relative} to the bank, 1991, very polite, very angry. #retrocomputing
post + {machine}: boots faster than my phone. Does less, which is the point. #retrocomputing
post + Repair evening at the community hall on {weekday}: bring the broken thing, we bring screwdrivers and soup. #repair
reply + NOT NORM, obviously.
reply + I still have the manual, somewhere under {machine}.
reply + Check the power supply before anything else. Then again after.
reply + Bring it to the repair evening!

[lang-de]
post + Heute Morgen Nebel über dem Fluss, und der Bäcker hatte noch genau ein Rosinenbrötchen. Es gehört jetzt mir. #alltag
post + Der Zug hatte Verspätung wegen eines Schwans auf den Gleisen. Alle sind ausgestiegen und haben geguckt. Schönster Montag seit Langem. #bahn
post + Frage an die Runde: Womit habt ihr angefangen, als ihr mit dem Gärtnern angefangen habt? Bei mir war es Trotz. #garten
post + Zum ersten Mal seit Wochen wieder Sterne gesehen. Die Thermoskanne war leer, egal. #sterne
post + Meine Nachbarin übt Cello. Seit gestern kann man das Stück erkennen. #musik
post + Ich wollte nur kurz in die Buchhandlung. Das war vor drei Stunden. #buecher
post + Rezept für gute Suppe: gestern anfangen. #kochen
post + Feierabend ist, wenn das Fahrrad wieder quietscht und man weiß, dass man es am Wochenende macht. #fahrrad
reply + Genau so ist es bei uns auch!
reply + Das muss ich mir merken, danke.
reply + Ich hätte eher das Gegenteil gesagt, aber gut.

[lang-fr]
post + Le marché du samedi, trois sortes de pommes et une discussion très sérieuse sur les poireaux. #marche
post + Brume sur le canal ce matin, deux hérons, aucun bruit. Je suis arrivé en retard au travail et je ne regrette rien. #nature
post + Quelqu'un saurait pourquoi mon levain sent la colle ? Question sincère. #boulangerie
post + J'ai retrouvé un carnet de 2009. J'avais déjà prévu d'apprendre le piano. #quotidien
post + Le petit train de la vallée roule encore. Il faut le prendre au moins une fois en automne. #trains
post + Soupe, fenêtre, pluie. Un bon dimanche. #cuisine
post + Relu les cinquante premières pages debout dans la librairie. La libraire m'a apporté une chaise. #livres
reply + C'est exactement ça.
reply + Merci, j'ai bien ri dans le tram.
reply + Chez nous aussi, et avec du vent en plus !

[lang-es]
post + Hoy el mar estaba como un plato y aun así encontré la manera de perder una chancla. #playa
post + Mi abuela dice que la sopa se empieza el día antes. Tiene razón, como siempre. #cocina
post + ¿Alguien más guarda los billetes de tren antiguos? Tengo una caja entera y ninguna explicación. #trenes
post + Llovió cinco minutos y el barrio entero salió a oler la calle. #barrio
post + Terminé el libro a las tres de la mañana. Mañana será otro día, aunque ya es mañana. #libros
post + Subimos a la ermita con niebla. Arriba, de golpe, sol y un burro muy tranquilo. #montaña
post + Primer tomate del balcón. Pequeño, torcido, perfecto. #huerto
reply + ¡Totalmente de acuerdo!
reply + Eso mismo le pasó a mi hermana.
reply + Me lo guardo para el fin de semana, gracias.

[lang-pt]
post + O elétrico parou para deixar passar uma procissão de patos. Ninguém reclamou. #cidade
post + Café, janela aberta e o vizinho a aprender acordeão. Está quase lá. #quotidiano
post + Alguém sabe salvar um manjericão que já desistiu de viver? #horta
post + Domingo de feijão no fogo e rádio baixinho. Não preciso de mais nada. #cozinha
post + Achei um mapa antigo da minha rua. A minha casa era um pomar. #mapas
post + Correr na praia às seis da manhã: terrível durante, ótimo depois. #corrida
reply + Aqui em casa é igualzinho.
reply + Que beleza, obrigado por partilhar!
reply + Discordo um bocadinho, mas com carinho.

[lang-it]
post + Il treno delle 6:12 oggi è partito alle 6:12. Sul binario, silenzio commosso. #treni
post + Ho litigato con mia zia sul ragù. Abbiamo torto tutte e due, ma il ragù era buono. #cucina
post + Prima neve sui monti, si vede dalla cucina. Il caffè si è freddato e va bene così. #inverno
post + Qualcuno ha un buon libro breve da consigliare per un viaggio lungo? #libri
post + La bicicletta fa un rumore nuovo. Le ho dato un nome. #bici
post + In biblioteca c'è un gatto che decide chi può sedersi vicino alla finestra. Oggi toccava a me. #biblioteca
reply + Verissimo.
reply + Da noi uguale, ma con più vento.
reply + Grazie, mi hai fatto ridere.

[lang-ja]
post + 朝の川に霧が出ていて、サギが三羽。会社に遅れそうだけど、もう少しだけ見ていたい。 #散歩
post + 古本屋で昭和の鉄道地図を見つけた。廃線になった駅の名前がどれも美しい。 #地図
post + パンが膨らまない。三回目。でも味はだんだん良くなっている気がする。 #パン作り
post + ベランダから土星が見えた。小さいけれど、ちゃんと輪がある。 #天文
post + 雨の日の図書館がいちばん好きです。みなさんはどこが好きですか? #読書
post + 隣の家のピアノ、昨日より一小節すすんだ。 #音楽
reply + わかります。
reply + それはいいですね。今度やってみます。
reply + うちも同じです、笑いました。
)";

}  // namespace

std::string_view demo_texts() {
    return kTexts;
}

}  // namespace rookery::app::demo
