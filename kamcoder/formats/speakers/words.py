"""Word lists of the turn reader: what people in transcripts are called, and what looks like a name but is none.

English, Dutch and German; all entries are casefolded.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INTERVIEWER = """
interviewer interviewers interviewster interviewerin interviewende interviewende intervieweur iv ivr int intv i
moderator moderatorin mod facilitator researcher onderzoeker forscher forscherin host
q question questions vraag v frage f
"""
_ANSWERING = """
interviewee interviewees respondent respondente respondents resp participant participants informant expert guest subject
befragter befragte befragten geïnterviewde geinterviewde deelnemer deelneemster teilnehmer teilnehmerin
r a b p ie answer answers antwoord antwort
"""
_TITLES = """
kam ceo cfo coo cco cto sd cd nam hor director manager owner founder
"""
_OTHER = (
    "secretary assistant observer note-taker notetaker waiter waitress receptionist child all both unknown translator"
)

INTERVIEWERS = _set(_INTERVIEWER)
INTERVIEWEES = _set(_ANSWERING + _TITLES)
OTHERS = _set(_OTHER)

# Labels that say a role in an interview and nothing else; these are believed even where they stand once.
ROLE_NAMES = _set("""interviewer interviewster interviewerin intervieweur moderator researcher facilitator onderzoeker
    interviewee respondent participant informant befragter befragte geïnterviewde deelnemer teilnehmer""")

# Words for somebody who speaks; one of them makes a label of words in lower case.
SPEAKING = INTERVIEWERS | INTERVIEWEES | OTHERS | _set("speaker spreker sprecher person")

# Words that labels of more than one word are made of ("Key account manager", "participant two"); these may stand in
# lower case where a name may not.
LABEL_WORDS = SPEAKING | _set("""
        female male man woman account key national sales commercial chief executive
        officer regional general managing marketing service operations operational retail head senior junior financial
        number no. one two three four five six
        """)

PARTICLES = _set("""van von de den der des di da do dos del della du la le el al bin ibn ter ten te zu zum zur af
    av y e op 't of""")

# A label never begins with one of these: they begin sentences.
_STARTERS = """
a an the this that these those my our your his her its their one i'd i'll i'm we you he she it they who what which when
where why how if and but or so because for from in on at to by with without as not no yes yeah yep nope okay ok well oh
ah uh um hmm mm mm-hm right sure now then there here also still just only even maybe perhaps really actually basically
anyway besides thus hence therefore however although though yet again once twice always never often sometimes usually
mostly first second third fourth fifth firstly secondly thirdly finally last lastly next another other others some any
every each both most many much more less all none nothing something everything let look listen see remember note notes
nb ps eg e.g i.e ie etc example examples result results reason reasons problem problems point fact thing things
question-mark solution issue issues rule lesson summary conclusion conclusions introduction background method methods
discussion source sources reference references figure table box chart appendix section chapter part page step steps
price prices cost costs quality service time money answering bottom key-point remark comment comments memo theme code
probe prompt follow-up advantage advantages disadvantage disadvantages pros cons plus minus strengths weaknesses
strength weakness before after today tomorrow yesterday meaning namely say said says quote think imagine
suppose given take consider keep http https www ftp mailto file tel fax email e-mail warning attention important tip
hint caution re fw fwd cc bcc dear hello hi thanks thank
dus maar en want kijk nou ja nee goed eigenlijk bijvoorbeeld voorbeeld noot let-op opmerking ten een het dat dit die ik
wij we hij zij als dan daar hier er om wat wie waarom hoe
also aber und denn ja nein gut eigentlich beispiel beispielsweise hinweis anmerkung ein eine das dies dieser ich wir er
sie es wenn dann dort um was wer warum wie
"""
STARTERS = _set(_STARTERS) - {"question", "questions"}

NO_INITIALS = _set("nb ps ok eg ie re fw fwd cc bcc")

# Keys of the block of particulars that stands above an interview.
PARTICULARS = _set("""
    date datum place location ort plaats duration duur dauer length time start end case company firm organisation
    organization bedrijf unternehmen file filename document recording recorded audio title titel subject-line project
    study transcript transcription transcriber transcribed transcriptie transkription version language interview
    participants attendees present id code setting venue channel invented note keywords summary job function position
    role experience gender age sector pseudonym
    """)

# What stands in square brackets without being a person.
NOT_SPEECH = _set("""
    laughter laughs laughing laugh pause pauses silence crosstalk inaudible unintelligible unclear music applause noise
    sigh sighs cough coughs coughing phone interruption interrupted recording end start beginning sic redacted
    anonymised anonymized name company place customer city firm brand removed overlapping foreign blank_audio
    background
    lacht gelach stilte pauze onverstaanbaar unverständlich lachen gelächter
    """)

CAPTION_WORDS = _set("""
    timespan timestamp time start end content text transcript speech speaker name who nr no # row line turn utterance
    spreker tijd tekst inhoud sprecher zeit inhalt person role question answer vraag antwoord frage antwort
    """)
