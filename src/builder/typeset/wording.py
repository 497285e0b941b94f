"""The words that the builder itself writes in a book, in many languages: headings, kinds of things, short names."""

from __future__ import annotations

KEYS = (
    "contents",
    "figures",
    "tables",
    "index",
    "chapter",
    "appendix",
    "page",
    "note",
    "lecture",
    "slide",
    "slides",
    "proof",
    "agenda",
    "references",
    "chapters",
    "appendices",
    "pages",
    "and",
    "book",
    "folio",
)
"""The order of words in each row below; ``folio`` is the short word for a page before its number."""

WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        "Contents", "Figures", "Tables", "Index", "Chapter", "Appendix", "page", "Note", "Lecture", "slide",
        "slides", "Proof", "Overview", "References", "Chapters", "Appendices", "pages", "and", "Book", "p."
    ),
    "ar": (
        "المحتويات", "الأشكال", "الجداول", "الفهرس", "الفصل", "الملحق", "صفحة", "ملاحظة", "محاضرة", "شريحة",
        "شرائح", "برهان", "المحاور", "المراجع", "الفصول", "الملاحق", "الصفحات", "و", "الكتاب", "ص"
    ),
    "cs": (
        "Obsah", "Obrázky", "Tabulky", "Rejstřík", "Kapitola", "Příloha", "strana", "Poznámka", "Přednáška",
        "snímek", "snímky", "Důkaz", "Přehled", "Literatura", "Kapitoly", "Přílohy", "strany", "a", "Kniha",
        "s."
    ),
    "da": (
        "Indhold", "Figurer", "Tabeller", "Register", "Kapitel", "Bilag", "side", "Note", "Forelæsning", "dias",
        "dias", "Bevis", "Oversigt", "Litteratur", "Kapitel", "Bilag", "side", "og", "Bog", "s."
    ),
    "de": (
        "Inhalt", "Abbildungen", "Tabellen", "Register", "Kapitel", "Anhang", "Seite", "Hinweis", "Vorlesung",
        "Folie", "Folien", "Beweis", "Überblick", "Literatur", "Kapitel", "Anhänge", "Seiten", "und", "Buch",
        "S."
    ),
    "el": (
        "Περιεχόμενα", "Σχήματα", "Πίνακες", "Ευρετήριο", "Κεφάλαιο", "Παράρτημα", "σελίδα", "Σημείωση",
        "Διάλεξη", "διαφάνεια", "διαφάνειες", "Απόδειξη", "Επισκόπηση", "Βιβλιογραφία", "Κεφάλαια",
        "Παραρτήματα", "σελίδες", "και", "Βιβλίο", "σ."
    ),
    "es": (
        "Índice general", "Figuras", "Tablas", "Índice alfabético", "Capítulo", "Apéndice", "página", "Nota",
        "Clase", "diapositiva", "diapositivas", "Demostración", "Esquema", "Bibliografía", "Capítulos",
        "Apéndices", "páginas", "y", "Libro", "p."
    ),
    "fa": (
        "فهرست", "شکل‌ها", "جدول‌ها", "نمایه", "فصل", "پیوست", "صفحهٔ", "یادداشت", "درس", "اسلاید", "اسلایدهای",
        "اثبات", "نمای کلی", "منابع", "فصل‌های", "پیوست‌های", "صفحه‌های", "و", "کتاب", "ص"
    ),
    "fi": (
        "Sisällys", "Kuvat", "Taulukot", "Hakemisto", "Luku", "Liite", "sivu", "Huomautus", "Luento", "dia",
        "diat", "Todistus", "Sisältö", "Lähteet", "Luvut", "Liitteet", "sivut", "ja", "Kirja", "s."
    ),
    "fr": (
        "Table des matières", "Figures", "Tableaux", "Index", "Chapitre", "Annexe", "page", "Note", "Cours",
        "diapositive", "diapositives", "Démonstration", "Plan", "Bibliographie", "Chapitres", "Annexes",
        "pages", "et", "Livre", "p."
    ),
    "he": (
        "תוכן העניינים", "איורים", "טבלאות", "מפתח", "פרק", "נספח", "עמוד", "הערה", "הרצאה", "שקופית",
        "שקופיות", "הוכחה", "סקירה", "מקורות", "פרקים", "נספחים", "עמודים", "ו", "ספר", "עמ׳"
    ),
    "hu": (
        "Tartalom", "Ábrák", "Táblázatok", "Tárgymutató", "Fejezet", "Függelék", "oldal", "Megjegyzés",
        "Előadás", "dia", "diák", "Bizonyítás", "Áttekintés", "Irodalom", "Fejezetek", "Függelékek", "oldalak",
        "és", "Könyv", "o."
    ),
    "it": (
        "Indice", "Figure", "Tabelle", "Indice analitico", "Capitolo", "Appendice", "pagina", "Nota", "Lezione",
        "diapositiva", "diapositive", "Dimostrazione", "Scaletta", "Bibliografia", "Capitoli", "Appendici",
        "pagine", "e", "Libro", "p."
    ),
    "ja": (
        "目次", "図", "表", "索引", "章", "付録", "ページ", "注釈", "講義", "スライド", "スライド", "証明",
        "概要", "参考文献", "章", "付録", "ページ", "と", "本", "p."
    ),
    "ko": (
        "차례", "그림", "표", "색인", "장", "부록", "쪽", "참고", "강의", "슬라이드", "슬라이드", "증명",
        "개요", "참고 문헌", "장", "부록", "쪽", "및", "책", "p."
    ),
    "mn": (
        "Агуулга", "Зураг", "Хүснэгт", "Товъёг", "Бүлэг", "Хавсралт", "хуудас", "Тэмдэглэл", "Лекц", "слайд",
        "слайд", "Баталгаа", "Тойм", "Ном зүй", "Бүлэг", "Хавсралт", "хуудас", "ба", "Ном", "х."
    ),
    "nb": (
        "Innhold", "Figurer", "Tabeller", "Register", "Kapittel", "Vedlegg", "side", "Merknad", "Forelesning",
        "lysbilde", "lysbilder", "Bevis", "Oversikt", "Litteratur", "Kapittel", "Vedlegg", "side", "og", "Bok",
        "s."
    ),
    "nl": (
        "Inhoud", "Figuren", "Tabellen", "Register", "Hoofdstuk", "Bijlage", "pagina", "Opmerking", "College",
        "dia", "dia's", "Bewijs", "Overzicht", "Literatuur", "Hoofdstukken", "Bijlagen", "pagina's", "en",
        "Boek", "p."
    ),
    "pl": (
        "Spis treści", "Rysunki", "Tabele", "Skorowidz", "Rozdział", "Dodatek", "strona", "Uwaga", "Wykład",
        "slajd", "slajdy", "Dowód", "Plan", "Literatura", "Rozdziały", "Dodatki", "strony", "i", "Książka", "s."
    ),
    "pt": (
        "Sumário", "Figuras", "Tabelas", "Índice remissivo", "Capítulo", "Apêndice", "página", "Nota", "Aula",
        "slide", "slides", "Demonstração", "Roteiro", "Referências", "Capítulos", "Apêndices", "páginas", "e",
        "Livro", "p."
    ),
    "ru": (
        "Содержание", "Рисунки", "Таблицы", "Предметный указатель", "Глава", "Приложение", "страница",
        "Примечание", "Лекция", "слайд", "слайды", "Доказательство", "План", "Литература", "Главы",
        "Приложения", "страницы", "и", "Книга", "с."
    ),
    "sv": (
        "Innehåll", "Figurer", "Tabeller", "Register", "Kapitel", "Bilaga", "sida", "Anmärkning", "Föreläsning",
        "bild", "bilder", "Bevis", "Översikt", "Litteratur", "Kapitel", "Bilagor", "sidorna", "och", "Bok", "s."
    ),
    "tr": (
        "İçindekiler", "Şekiller", "Tablolar", "Dizin", "Bölüm", "Ek", "sayfa", "Not", "Ders", "slayt",
        "slaytlar", "Kanıt", "Genel bakış", "Kaynakça", "Bölümler", "Ekler", "sayfalar", "ve", "Kitap", "s."
    ),
    "uk": (
        "Зміст", "Рисунки", "Таблиці", "Покажчик", "Розділ", "Додаток", "сторінка", "Примітка", "Лекція",
        "слайд", "слайди", "Доведення", "План", "Література", "Розділи", "Додатки", "сторінки", "і", "Книга",
        "с."
    ),
    "zh": (
        "目录", "插图", "表格", "索引", "章", "附录", "页", "注", "讲座", "幻灯片", "幻灯片", "证明", "概览",
        "参考文献", "章", "附录", "页", "和", "书", "页"
    ),
}  # fmt: skip


def fixed_words(language: str, given: dict[str, str]) -> dict[str, str]:
    """The words for ``language`` (``pt_BR`` takes those of ``pt``), else English, with the author's own over them."""
    row = WORDS.get(language.replace("-", "_").split("_")[0], WORDS["en"])
    return dict(zip(KEYS, row, strict=True)) | given
