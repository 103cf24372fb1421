//! What the screens look like, as text.

use super::tests::{at_compare, at_home, press, runs, shot};

#[test]
fn home_at_80_by_24() {
    let app = at_home(80, 24);
    insta::assert_snapshot!(shot(&app), @r#"
     beide  Stories                     1 story · 3 articles · 3 unread · de 2 nl 1
    ▸● Handelshaus erhöht seine KI-Ausgaben              de 2 nl 1  ✗ 1 ‼ 1  24 Sep







    ────────────────────────────────────────────────────────────────────────────────
     ✗ 45 · 50 bn €                    Rechenzentren                         3 of 3
     ‼ 4 tn $ · 3.4 bn €               Ausgaben · weltweit                   2 of 3
     ✓ 380 bn CNY                      Rechenzentren                         3 of 3

     ① Abendpost · de · 24 Sep
     Handelshaus erhöht seine KI-Ausgaben

     Das Handelshaus will in den nächsten drei Jahren ✓380 Milliarden Yuan (rund
     ✗45 Milliarden Euro) in Rechenzentren stecken.

     Die Aktie stieg am Mittwoch um neun Prozent.

     Weltweit werden die Ausgaben ‼vier Billionen US-Dollar übersteigen, sagt die
     enter compare   / search   tab pane   s source   t list   ? keys   q quit
    "#);
}

#[test]
fn home_at_200_by_60() {
    let app = at_home(200, 60);
    insta::assert_snapshot!(shot(&app), @r#"
     beide  Stories                                                                                                                                             1 story · 3 articles · 3 unread · de 2 nl 1
    ▸● Handelshaus erhöht seine KI-Ausgaben                                                      de 2 nl 1  ✗ 1 ‼ 1  24 Sep │ ✗ 45 · 50 bn €                    Rechenzentren                        3 of 3
                                                                                                                            │ ‼ 4 tn $ · 3.4 bn €               Ausgaben · weltweit                  2 of 3
                                                                                                                            │ ✓ 380 bn CNY                      Rechenzentren                        3 of 3
                                                                                                                            │
                                                                                                                            │ ① Abendpost · de · 24 Sep
                                                                                                                            │ Handelshaus erhöht seine KI-Ausgaben
                                                                                                                            │
                                                                                                                            │ Das Handelshaus will in den nächsten drei Jahren ✓380 Milliarden Yuan (rund
                                                                                                                            │ ✗45 Milliarden Euro) in Rechenzentren stecken.
                                                                                                                            │
                                                                                                                            │ Die Aktie stieg am Mittwoch um neun Prozent.
                                                                                                                            │
                                                                                                                            │ Weltweit werden die Ausgaben ‼vier Billionen US-Dollar übersteigen, sagt die
                                                                                                                            │ Leitung.
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
                                                                                                                            │
     enter compare   / search   tab pane   s source   t list   f filter   L lists   } contradiction   space choose   * star   ? keys   q quit
    "#);
}

#[test]
fn home_at_40_by_12() {
    let app = at_home(40, 12);
    insta::assert_snapshot!(shot(&app), @r#"
     beide  Stories                 1 story
    ▸● Handelshaus erhöht…  ✗ 1 ‼ 1  24 Sep









     enter compare   ? keys   q quit
    "#);
}

#[test]
fn side_by_side_at_80_by_24() {
    let app = at_compare(80, 24);
    insta::assert_snapshot!(shot(&app), @r#"
     Handelshaus erhöht seine KI-Ausgaben   ✗ 1  ‼ 1  ✓ 1  2 of 3 sources · aligned
     ① Abendpost · de · 24 Sep             │ ② Ochtendblad · nl · 24 Sep
    ───────────────────────────────────────┼────────────────────────────────────────
     Handelshaus erhöht seine KI-Ausgaben  │ Handelshuis trekt meer geld uit voor
                                           │ AI
                                           │
                                           │ Kernpunten van de dag.
                                           │
     Das Handelshaus will in den nächsten  ═ Het concern steekt de komende drie
     drei Jahren ✓380 Milliarden Yuan      │ jaar ✓380 miljard yuan (circa
     (rund ✗45 Milliarden Euro) in Rechen- │ ✗45 miljard euro) in datacentra.
     zentren stecken.                      │
                                           │
     Die Aktie stieg am Mittwoch um        │
     neun Prozent.                         │
                                           │
     Weltweit werden die Ausgaben          ═ Wereldwijd gaat het om meer dan
    ───────────────────────────────────────┴────────────────────────────────────────
     ✗ 45 · 50 bn €                    Rechenzentren                         3 of 3
     ‼ 4 tn $ · 3.4 bn €               Ausgaben · weltweit                   2 of 3
     ✓ 380 bn CNY                      Rechenzentren                         3 of 3


     } contradiction   ] figure   c claims   tab column   v align   ? keys   q back
    "#);
}

#[test]
fn a_contradiction_at_80_by_24() {
    let mut app = at_compare(80, 24);
    press(&mut app, "}");
    insta::assert_snapshot!(shot(&app), @r#"
     Handelshaus erhöht seine KI-Ausgaben   ✗ 1  ‼ 1  ✓ 1  2 of 3 sources · aligned
     ① Abendpost · de · 24 Sep             │ ③ Kurszettel · de · 27 Feb
    ───────────────────────────────────────┼────────────────────────────────────────
     Handelshaus erhöht seine KI-Ausgaben  │ Kaufen oder verkaufen?
                                           │
     Das Handelshaus will in den nächsten  ═ Mindestens ✓380 Milliarden Renminbi
     drei Jahren ✓380 Milliarden Yuan      │ fließen in die Wolke, in etwa
     (rund ✗45 Milliarden Euro) in Rechen- │ ✗50 Milliarden Euro.
     zentren stecken.                      │
                                           │
     Die Aktie stieg am Mittwoch um        │
     neun Prozent.                         │
                                           │
     Weltweit werden die Ausgaben          │
     ‼vier Billionen US-Dollar überstei-   │
     gen, sagt die Leitung.                │
                                           │
    ───────────────────────────────────────┴────────────────────────────────────────
     ✗ conflict  45 · 50 bn €  Rechenzentren                                 3 of 3
     ① 45 Milliarden Euro                            45 bn €
     ② 45 miljard euro                               45 bn €
     ③ 50 Milliarden Euro                            50 bn €

     } contradiction   ] figure   c claims   tab column   v align   ? keys   q back
    "#);
}

#[test]
fn three_columns_at_200_by_60() {
    let mut app = at_compare(200, 60);
    press(&mut app, "+ } }");
    insta::assert_snapshot!(shot(&app), @r#"
     Handelshaus erhöht seine KI-Ausgaben                                                                                                                           ✗ 1  ‼ 1  ✓ 1  3 of 3 sources · aligned
     ① Abendpost · de · 24 Sep                                        │ ② Ochtendblad · nl · 24 Sep                                      │ ③ Kurszettel · de · 27 Feb
    ──────────────────────────────────────────────────────────────────┼──────────────────────────────────────────────────────────────────┼──────────────────────────────────────────────────────────────────
     Handelshaus erhöht seine KI-Ausgaben                             │ Handelshuis trekt meer geld uit voor AI                          │ Kaufen oder verkaufen?
                                                                      │                                                                  │
                                                                      │ Kernpunten van de dag.                                           │
                                                                      │                                                                  │
     Das Handelshaus will in den nächsten drei Jahren                 ═ Het concern steekt de komende drie jaar ✓380 miljard yuan (circa ═ Mindestens ✓380 Milliarden Renminbi fließen in die Wolke, in
     ✓380 Milliarden Yuan (rund ✗45 Milliarden Euro) in Rechenzentren │ ✗45 miljard euro) in datacentra.                                 │ etwa ✗50 Milliarden Euro.
     stecken.                                                         │                                                                  │
                                                                      │                                                                  │
     Die Aktie stieg am Mittwoch um neun Prozent.                     │                                                                  │
                                                                      │                                                                  │
     Weltweit werden die Ausgaben ‼vier Billionen US-Dollar überstei- ═ Wereldwijd gaat het om meer dan ‼3,4 miljard euro.               │
     gen, sagt die Leitung.                                           │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
                                                                      │                                                                  │
    ──────────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────────────────┴──────────────────────────────────────────────────────────────────
     ‼ slip of scale  4 tn $ · 3.4 bn €  Ausgaben · weltweit                                                                                                                                         2 of 3
     ① vier Billionen US-Dollar                      4 tn $
     ② 3,4 miljard euro                              3.4 bn €






     } contradiction   ] figure   c claims   tab column   1…9 source   v align   z only news   e export   o browser   ? keys   q back
    "#);
}

#[test]
fn one_column_at_40_by_12() {
    let mut app = at_compare(40, 12);
    press(&mut app, "]");
    insta::assert_snapshot!(shot(&app), @r#"
     Handelshaus erhöht s…   1 of 3 sources
     ① Abendpost · de · 24 Sep
    ────────────────────────────────────────
     Handelshaus erhöht seine KI-Ausgaben

     Das Handelshaus will in den nächsten
     drei Jahren ✓380 Milliarden Yuan (rund
     ✗45 Milliarden Euro) in Rechenzentren
    ────────────────────────────────────────
     ✓ agree  380 bn CNY  Rechenze…  3 of 3
     ① 380 Milliarden Yuan      380 bn CNY
     } contradiction   ? keys   q back
    "#);
}

#[test]
fn the_table_of_claims_at_80_by_24() {
    let mut app = at_compare(80, 24);
    press(&mut app, "c");
    insta::assert_snapshot!(shot(&app), @r#"
     Claims                          ① Abendpost    ② Ochtendblad     ③ Kurszettel
    ────────────────────────────────────────────────────────────────────────────────
    ▸✗ Rechenzentren                     45 bn €          45 bn €          50 bn €
     ‼ Ausgaben · weltweit                4 tn $         3.4 bn €                –
     ✓ Rechenzentren                  380 bn CNY       380 bn CNY       380 bn CNY
     · Aktie                                 9 %                –                –









    ────────────────────────────────────────────────────────────────────────────────
     ✗ conflict  45 · 50 bn €
     ① 45 Milliarden Euro
     ② 45 miljard euro
     ③ 50 Milliarden Euro
           ①②                                                              ③
     45 bn ├●──────────────────────────────────────────────────────────────●┤ 50 bn

     enter passage   tab source   } contradiction   e export   ? keys   q back
    "#);
}

#[test]
fn the_keys_at_120_by_36() {
    let mut app = at_compare(120, 36);
    press(&mut app, "?");
    insta::assert_snapshot!(shot(&app), @r#"
     Keys  Side by side

      Side by side                                                                       :  All commands, to search and run
                             m  Read, or unread again                                    u  Undo
                             *  Star, or take it away                            Q, ctrl-c  Leave
                             ]  Next figure                                              y  Copy
                             [  Previous figure                                          M  Use the mouse here, or leave i…
                             }  Next contradiction                                  ctrl-l  Draw the screen anew
                             {  Previous contradiction                              ctrl-z  To the shell and back
                             c  The table of claims
                             v  Aligned, or each column by its…
                             z  Hide what the first source say…
                          +, =  One column more
                             -  One column less
                             x  Swap with the column beside
      space, page-down, ctrl-f  A page on
                           1…9  Put this source into the column
                             e  Export the comparison to a file
                             Y  Copy the article's address
                             o  Open the article in the browser
      Everywhere
                       j, down  Down
                         k, up  Up
                        ctrl-d  Half a page on
                        ctrl-u  Half a page back
             page-down, ctrl-f  A page on
               page-up, ctrl-b  A page back
                     g g, home  To the beginning
                        G, end  To the end
                 tab, l, right  Next pane or column
            shift-tab, h, left  Previous pane or column
                         enter  Open, compare
             q, esc, backspace  Back; at home, leave
                             /  Search
                         ?, f1  The keys of this screen
     j down   enter choose   q back
    "#);
}

#[test]
fn all_commands_at_80_by_24() {
    let mut app = at_home(80, 24);
    press(&mut app, ": s t a");
    insta::assert_snapshot!(shot(&app), @r#"
     : sta
    ────────────────────────────────────────────────────────────────────────────────
     ▸Filter: language, source, unread, starred  filter                           f
      Lists: unread, starred, contradictions, only in German, your own  lists     L
      Star, or take it away  star                                                 *














    ────────────────────────────────────────────────────────────────────────────────
     Die Aktie stieg am Mittwoch um neun Prozent.

     Weltweit werden die Ausgaben ‼vier Billionen US-Dollar übersteigen, sagt die
     j down   enter choose   q back
    "#);
}

/// Every run of a meaning of its own: line, column, role, words.
#[test]
fn colours_say_what_signs_say() {
    let mut app = at_compare(80, 20);
    press(&mut app, "}");
    insta::assert_snapshot!(runs(&app), @r#"
     0   1 title: Handelshaus erhöht seine KI-Ausgaben
     0  40 conflict: ✗ 1
     0  45 scale: ‼ 1
     0  50 agree: ✓ 1
     1   1 accent: ①
     1   3 accent: Abendpost · de · 24 Sep
     1  41 accent: ③
     3   1 title: Handelshaus erhöht seine KI-Ausgaben
     3  41 title: Kaufen oder verkaufen?
     5  39 linked: ═
     5  52 agree: ✓380 Milliarden Renminbi
     6  13 agree: ✓380 Milliarden Yuan
     7   7 lit: ✗45 Milliarden Euro
     7  41 counterpart: ✗50 Milliarden Euro
    11   1 single: neun Prozent
    14   1 conflict: ✗
    14   3 conflict: conflict
    14  13 title: 45 · 50 bn €
    15   1 accent: ①
    15   3 title: 45 Milliarden Euro
    "#);
}
