"""Every constant of the detectors in one place: what it is and why it has this value.

What a shop's own data can say is not here: prices, gaps, sharing tails, traffic and rates of
returning buyers are fitted on the shop (see workbench.detect.baseline).
"""

from __future__ import annotations

ALPHA = 0.05
"""A detector that looks at proposed groups reports those whose p-value, corrected for the groups
it looked at, is at most this."""

LEAD = 1.0
"""A group is a lead when its corrected p-value is below this: groups of which chance gives about
one per shop and detector. What nothing else supports is dropped when they are weighed."""

FILTER = 0.05
"""What the first of two oddities must reach by itself before the second is tested (independent
filtering, Bourgon, Gentleman and Huber 2010): only the second then pays for the groups tried."""

MIN_SHOP_ORDERS = 50
"""Fewer orders than this give no baseline to compare with; the detectors then say so."""

# crowded windows (same_offer_burst, multi_scale_surge)

WINDOW_SIZES = (5, 6, 8, 10, 13, 16, 20, 26, 32, 40, 52, 64, 80, 104, 128, 160, 208, 256, 320, 512)
"""Orders a window is looked for with. Fewer than 5 cannot be told from chance once paid for the
windows; steps of about a quarter, and a window grows by what follows in its own rhythm."""

WINDOW_DAYS = 7
"""The longest window: beyond a week it is a season (detection.md, section 5 #2)."""

WINDOW_SECONDS = 900
"""The shortest window that counts as such: a quarter of an hour (detection.md, section 5 #2)."""

WINDOW_NEAR_DAYS = 30
"""What is usual is also asked of the month before and after: an item's trade comes and goes."""

WINDOW_OVER = 3.0
"""Windows with fewer than this many times the orders expected are not looked at further: none of
five orders could pass once it is paid for."""

# same_offer_burst

BURST_BUYERS = 5
"""Fewer buyers than this are not asked whether they ever came back: too few to tell."""

RETURNING_KEPT = 0.5
"""Share of the usual returning buyers that even a promotion keeps (detection.md, section 5)."""

TRAFFIC_FLOOR = 0.05
"""Part of what is expected that follows the shop's usual week instead of its other orders at that
time: an hour without any other order does not make an expectation of zero."""

TRAFFIC_ORDERS = 20.0
"""Other orders at which what the shop sells meanwhile counts as much as its usual week: fewer do
not tell how busy an hour was."""

PRIOR_ORDERS = 1.0
"""Orders added to the offer's own count, so that an offer known only from its burst does not
have an expectation of zero (rule of succession)."""

PHI_ORDERS = 30
"""An item needs so many orders to speak for the shop's dispersion (median over such items)."""

PHI_WEIGHT = 50.0
"""Orders of an item at which its own dispersion counts as much as the shop's."""

RHO_WEIGHT = 20.0
"""Orders of a month or an item at which its own rate of returning buyers counts as much as the
shop's."""

# price_uniformity, hour_profile, machine_rhythm

LIKE_ORDERS = 5
"""Fewer orders (hours: days) of a proposed group are not held against the shop's: too few."""

HOUR_BLOCKS = 4
"""Parts of the day that are looked at: night, morning, afternoon, evening of six hours each."""

RHYTHM_ORDERS = 8
"""A rhythm needs so many orders: seven gaps."""

# shared values, address_variants

MIN_SHARED = 3
"""Two accounts with one phone are an ordinary household: they only serve as baseline."""

SHARING_FLOOR = 0.02
"""Least chance of one more account on a shared value (detection.md, section 5): no shop is so
large that its tail is known better."""

SHARING_PRIOR = 0.2
SHARING_PRIOR_WEIGHT = 5.0
"""What the sharing tail is taken to be, and by how many shared values, before the shop's own are
counted: one household in five with a second account has a third. A stand-in."""

HUB_QUANTILE = 0.999
"""Values with more accounts than this quantile of the shop's shared values are marked as hubs."""

HUB_SHARE = 0.5
"""A value that holds more than this share of all accounts of the shop (its own phone, a relay
number) identifies nobody and is left out."""

POOL_CAP = 1000
"""Values of a field that are compared with each other; those with fewer accounts are skipped and
counted."""

POOL_LEAST = (3, 4, 5)
"""Values of at least so many accounts are put together, each time anew: homes of three, of which
there are many, would hide the few values of more. Paid for as so many searches."""

POOL_SIZE = 12
"""Most values that are put together: more would be paid for with more choices than they tell."""

CROWD_SHARE = 0.2
"""Where one shared value in five is as large with nothing else odd about it (the exits of a mobile
network), its size is no oddity. A few dormitories among many homes stay below it."""

PAIR_MATCH = 0.1
PAIR_WEIGHT = 5.0
"""What is taken to be the chance that two accounts of one home bought the same item, and by how
many pairs, before the shop's own are counted. A stand-in."""

ITEM_WEIGHT = 20.0
"""Sales of an item at which its own share of sales in some days counts as much as the shop's."""

CORE_ITEMS = 3
"""A ring orders few items: concentration is tested on the 1, 2 and 3 most ordered ones."""

# account_chain

CHAIN_VALUE = 12
"""Most accounts of a value that links a chain (detection.md, section 5): a value of more is looked
at by itself, and a locker would tie strangers together."""

CHAIN_LEAST = 4
"""Three accounts that hang together are a household of this shop's baseline."""

CHAIN_CAP = 400
"""Chains of more accounts than this are not taken apart; they are counted as skipped."""

# lockstep

MEETING_DAYS = (1, 3)
"""Accounts meet when they buy one item within so many days: a task is done in one or in a few."""

MEETING_ROUNDS = (2, 3)
"""How many times accounts must have met. More rounds hold these."""

MEETING_GAP = 2
"""Windows from one meeting to the next: neighbouring windows may be one trip to the shop."""

MIN_TEAM = 3
"""Two accounts that buy alike are a couple."""

LIFT_WEIGHT = 5.0
"""Accounts expected to have bought two items at which their number counts as much as chance."""

COMBINATION_CAP = 2_000_000
"""Combinations of an account's purchases that are looked at, accounts with few first; those with
more are skipped and counted (resellers, who meet everybody)."""

# dense_block

PEEL_SLACK = 0.1
"""Nodes up to this much above the average are peeled off at once (Bahmani et al. 2012, epsilon)."""

PEEL_SHUFFLES = 20
"""Shuffled graphs that a block must be denser than all of (detection.md, section 5)."""

MIN_BLOCK = 4
"""Accounts of a block: three are a household."""

EDGE_CAP = 500_000
"""Ties of accounts and values that are peeled, the least crowded values first; values beyond it
are skipped and counted."""

# address_variants

VARIANT_DISTANCE = 0.15
"""Places are joined when the edit distance of their road texts is at most this share of the
longer one and all their numbers agree (detection.md, section 5)."""

BUCKET_CAP = 400
"""Places with the same numbers are compared in pairs up to so many; larger buckets are skipped
and counted."""

# rapid_repeat

MIN_REPEATS = 6
"""An account needs so many orders before its rhythm is looked at (detection.md, section 5)."""

MIN_REPEAT_BUYERS = 10
"""Fewer other repeat buyers than this do not make a baseline of gaps."""

DENSE_GAP = 5.0
"""Orders belong to the dense part of an account when a neighbour is at most this many median
gaps away."""

GAP_STEPS = 12
"""Gaps are counted in steps of a twelfth of a doubling (6 %): 360 counts stand for any number."""

MIN_GAP_SPREAD = 0.5
"""Least spread of the logarithm of repeat buyers' gaps: where they happen to be alike, a buyer who
comes a little sooner is not odd."""

RHYTHM_PURCHASES = 3
"""A buyer needs so many purchases (two gaps) to be part of the baseline of rhythms."""

# detectors of proof: workbench.detect.flagged and those that use it

MIN_FLAGGED = 3
"""Two orders with a contradiction may be one mishap (one carton, one clerk); a group begins at
three, as a shared value does."""

FLAG_FLOOR = 0.002
"""Least chance that an honest order has a contradiction: no shop's records are better than two
mistakes in a thousand, however clean they look (start value)."""

FLAG_WEIGHT = 20.0
"""Orders of a carrier, or of some days, at which their own rate counts as much as the shop's."""

FLAG_SHARES = (0.1, 0.5)
"""Share of flagged orders among an item's orders while a run of them lasts: a ring beside brisk
trade, and one that is half of the item's trade. Both are looked for, and paid for."""

PAYBACK_DAYS = 30
"""Money that goes to a buyer later than this after the order is taken for something else (red
flags M1 looks at a week; settlements by the month exist)."""

COMMISSION = 30.0
"""What a hired buyer gets at most on top of the price, in the shop's currency (red flags M2: 3 to
30 yuan)."""

FENCE = 1.5
"""Quartile ranges below the lower quartile at which a weight or a time is out of the ordinary
(Tukey 1977); of normal values 0.35 % lie below."""

MIN_PARCELS = 20
"""Fewer parcels of an item, or on a route, tell no ordinary range."""

COLLECT_HOURS = 48
"""A parcel that is not collected two days after sending is late (red flags L2)."""

COVERED_DAYS = 3
COVERED_SHARE = 0.8
"""Scans of a day count as exported when at least this share of the carrier's parcels sent in so
many days up to it, and in so many from it on, has any: a shop that exported the scans of some
weeks, or of some orders, is not accused of the others. A share of one half lets through the days
on which most parcels were those that a notice named."""

REISSUE_DAYS = 180.0
"""Carriers issue waybill numbers again after some months (red flags L1); orders on one number that
lie further apart may be two parcels."""

TRAFFIC_DAYS = (1, 3, 7)
"""Windows in which buyers are held against visitors: a day, a task of a few days, a week."""

MIN_STOCKED_ITEMS = 10
"""Fewer other items with a count and purchases do not tell how well the shop keeps its books."""

# lexicon, memo_marks, copied_chats, copied_reviews, review_lockstep

TEXT_CAP = 2000
"""Characters of a text that are read; what a cap cut off is counted as skipped."""

TEXTS_CAP = 500_000
"""Different texts that are read, the most frequent first; the others are counted as skipped."""

TALK_WEIGHT = 4.0
"""Weight from which a conversation counts: one phrase that is hardly said for another reason, or
two weaker ones of different entries. Of 62,773 real reviews 1 in 1,800 gets there, read as the
shop's own words, and 1 in 3,000 as a buyer's (benchmarks/texts.py)."""

TALK_DAYS = 7
"""A conversation that names no order is about the buyer's orders of the week around it."""

TEMPLATE_SHARE = 0.2
"""A seller's line in more than one conversation of five is an automatic reply: it says nothing of
the order it stands beside."""

MIN_MARKED = 4
"""Orders with one mark that are looked at: three may be one call from one customer."""

MARKS_CAP = 200_000
"""Different notes that are counted, the most frequent first; the others are counted as skipped."""

COPY_LENGTH = 20
"""Shorter reviews repeat by chance: of 2,993 real ones 38 repeat, 2 of those above this length."""

LINE_LENGTH = 8
"""Shorter lines of a chat are courtesy; the shop's own copies of such a length are counted too."""

COPY_ALIKE = 0.9
"""Texts are copies when so much of their pieces of 4 characters is in common (red flags C7, R1)."""

COPY_BUYERS = 3
"""Two people may hit on the same words; three seldom do."""

MIN_REVIEWED = 5
"""Fewer reviews of a group tell nothing of their delays."""

CROWDED_REVIEWS = 0.8
"""Share of a group's reviews whose delays are looked at for how close they lie: a team has
stragglers (start value)."""
