"""Statements as banks write them."""

SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"Betrag";"Waehrung";"Info"\n'
    '"DE001";"02.03.26";"02.03.26";"GUTSCHRIFT";"Spende {reference}";"Ada Lovelace";"DE99";'
    '"25,00";"{currency}";"gebucht"\n'
    '"DE001";"01.03.26";"01.03.26";"LASTSCHRIFT";"Miete";"Hausverwaltung";"DE98";'
    '"-1.250,00";"{currency}";"gebucht"\n'
)
REVOLUT = (
    "Type,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "TOPUP,2026-03-02 10:01:22,From Ada {reference},25.00,0.00,{currency},COMPLETED,125.00\n"
    "CARD,2026-03-01 09:00:00,Coffee,-3.20,0.00,{currency},COMPLETED,100.00\n"
)
BRITISH = (
    "Date,Description,Paid out,Paid in,Balance\n"
    '02/03/2026,FASTER PAYMENT {reference},,25.00,"1,025.00"\n'
    '31/03/2026,RENT,"1,000.00",,25.00\n'
)
PREAMBLE = (
    "Kontoauszug;;;\nKonto;DE001;;\n;;;\nBuchungstag;Verwendungszweck;Betrag;Währung\n"
    "02.03.2026;{reference};1.025,00;{currency}\n"
    "03.03.2026;Ohne;25,00;{currency}\nEndsaldo;;;\n"
)
BARE = "02.03.2026;Ada {reference};25,00\n03.03.2026;Ben;17,50\n"
TABS = "Date\tText\tAmount\n2026-03-02\t{reference}\t1'025.00\n"


def written(template, *, reference="", currency="USD", encoding="utf-8"):
    return template.format(reference=reference, currency=currency).encode(encoding)
