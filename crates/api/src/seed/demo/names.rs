//! Made-up names that could be true.

const KINDERGARTENS: [&str; 23] = [
    "Solbakken",
    "Trollskogen",
    "Eventyrlia",
    "Blåbærtunet",
    "Bjørkehagen",
    "Fjellsida",
    "Sjøstjerna",
    "Lyngheia",
    "Rognebæret",
    "Kvitveisen",
    "Marihøna",
    "Bekkefaret",
    "Furuly",
    "Steinrøysa",
    "Regnbogen",
    "Vårsol",
    "Tyttebæret",
    "Nøtteliten",
    "Haugtussa",
    "Lundetun",
    "Elvekroken",
    "Tusseladden",
    "Smålona",
];

const SCHOOLS: [&str; 19] = [
    "Fjellheim",
    "Nesmarka",
    "Elvemoen",
    "Storåsen",
    "Vikamyra",
    "Straumsnes",
    "Breidablikk",
    "Kvernholt",
    "Solvang",
    "Lauvlia",
    "Bergheim",
    "Myrdalen",
    "Sundsbø",
    "Hagestad",
    "Holmelia",
    "Furuneset",
    "Granhaugen",
    "Tunmarka",
    "Lerkevang",
];

/// Kindergartens with an owner of their own: what they are, and the owner's legal form.
const LOCAL_KINDERGARTENS: [(&str, &str); 7] = [
    ("foreldrebarnehage", "SA"),
    ("naturbarnehage", "AS"),
    ("gardsbarnehage", "AS"),
    ("musikkbarnehage", "AS"),
    ("idrettsbarnehage", "AS"),
    ("kystbarnehage", "SA"),
    ("kulturbarnehage", "SA"),
];

/// Private schools: how their name begins, and the owner's legal form.
const PRIVATE_SCHOOLS: [(&str, &str); 3] = [("fri", "SA"), ("montessori", "SA"), ("idretts", "AS")];

/// How the units of one municipality are named.
pub(super) struct Names<'a> {
    place: &'a str,
    school: &'static str,
    offset: usize,
}

impl<'a> Names<'a> {
    /// The names of the n-th municipality, in nynorsk or bokmål.
    pub(super) const fn new(place: &'a str, nynorsk: bool, n: usize) -> Self {
        Self { place, school: if nynorsk { "skule" } else { "skole" }, offset: n * 5 }
    }

    /// The municipality itself.
    pub(super) fn municipality(&self) -> String {
        format!("{} kommune", self.place)
    }

    /// The n-th public kindergarten.
    pub(super) fn kindergarten(&self, n: usize) -> String {
        format!("{} barnehage, {}", KINDERGARTENS[(self.offset + n) % KINDERGARTENS.len()], self.place)
    }

    /// The n-th public school.
    pub(super) fn school(&self, n: usize) -> String {
        format!("{} {}, {}", self.school_name(n), self.school, self.place)
    }

    /// The SFO at the first public school.
    pub(super) fn sfo(&self) -> String {
        format!("{} SFO, {}", self.school_name(0), self.place)
    }

    /// The PPT office, which may serve neighbours too.
    pub(super) fn ppt(&self) -> String {
        format!("PPT {}", self.place)
    }

    /// The kindergarten of a chain.
    pub(super) fn chain_kindergarten(&self, chain: &str) -> String {
        format!("{chain} barnehage, {}", self.place)
    }

    /// The n-th private kindergarten with an owner of its own, from 0: unit and owner.
    pub(super) fn local_kindergarten(&self, n: usize) -> (String, String) {
        let (word, form) = LOCAL_KINDERGARTENS[n % LOCAL_KINDERGARTENS.len()];
        let unit = format!("{} {word}", self.place);
        (unit.clone(), format!("{unit} {form}"))
    }

    /// The n-th private school: unit and owner.
    pub(super) fn private_school(&self, n: usize) -> (String, String) {
        let (word, form) = PRIVATE_SCHOOLS[n % PRIVATE_SCHOOLS.len()];
        let unit = format!("{} {word}{}", self.place, self.school);
        (unit.clone(), format!("{unit} {form}"))
    }

    fn school_name(&self, n: usize) -> &'static str {
        SCHOOLS[(self.offset + n) % SCHOOLS.len()]
    }
}
