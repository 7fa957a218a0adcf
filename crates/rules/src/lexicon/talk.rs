//! Small talk, and what the assistant is not there for.

pub(crate) const GREETING: &[&str] = &[
    "hi|hello|hey|hiya|howdy|yo|heya|hallo|greetings|sup|hullo|helo|hllo there|again|you|all|everyone|friend|assistant|bot|mate|buddy|latchwork?",
    "good morning|afternoon|evening|day|night to? you? assistant?",
    "morning|evening|afternoon",
    "hi hi",
    "hey hey",
    "whats up",
    "wassup|whatsup",
    "nice to meet you",
    "long time no see",
    "gm",
    "are you there|here|awake",
    "you there",
    "is anyone|anybody there|here",
];

pub(crate) const HOW_ARE_YOU: &[&str] = &[
    "how are|r you|u doing|today|feeling? today?",
    "how are things|we",
    "hows it|everything going|life?",
    "how do you do|feel today?",
    "how have you been",
    "hows your day|morning|evening going|been?",
    "hows life",
    "you|u ok|okay|good",
    "are you ok|okay|well|good",
    "how is your day|everything going?",
];

pub(crate) const THANKS: &[&str] = &[
    "thanks|thx|ty|cheers|thankyou|tnx|thanx|tysm a|so|very? lot|much|million|bunch? for? everything|that|help|your? help?",
    "thank you so|very? much? for? everything|that|your|the|help? help?",
    "many thanks",
    "much appreciated",
    "i appreciate it|that|you|your help?",
    "great|good|nice|awesome|perfect|excellent|cool|wonderful|amazing|brilliant|fantastic|lovely|super|sweet|neat|splendid job|work|thanks|thank|one|stuff? you?",
    "well done",
    "you|youre|ur are? the? great|awesome|amazing|best|helpful|good|wonderful|a|so? star|helpful|lifesaver|great?",
    "ok|okay|alright|k|kk|got|sure|fine|right|understood it|then|thanks|thank|good|great|cool|fine? you?",
    "that|thats was|is? great|perfect|all|good|helpful|fine|it|awesome|cool|nice for? now|today|thanks?",
    "i love you|it|this",
    "love it|you|this",
    "lol|haha|hehe|lmao|wow|yay|hooray|omg",
    "no thanks|problem|worries|thank you?",
    "nothing|nope|no else? thanks?",
    "im good|fine|ok|okay thanks?",
    "not bad",
];

pub(crate) const BYE: &[&str] = &[
    "bye|goodbye|cya|ciao|farewell|byebye|toodles|cheerio|adios bye|now|for|then|everyone? now?",
    "good bye|night now?",
    "see you|ya|u later|soon|tomorrow|around|then|next|again? time?",
    "talk|speak|catch to? you? later|soon|tomorrow|again",
    "have a good|great|nice|lovely one|day|night|evening|weekend|time",
    "take care",
    "until|till next|later|then|tomorrow time?",
    "later|laters gator?",
    "im off|leaving|out|done for? now? today?",
    "i am|have|gotta|got off|leaving|to|go|run go?",
    "that|thats will|is be? all|everything|it for? now|today?",
];

pub(crate) const WHO: &[&str] = &[
    "who|what|whos|whats are|r|is|am you|u|this|that|i here? talking|speaking|chatting? to|with?",
    "what|whats is|are? your|ur|you name|called|model|version",
    "what|which model|ai|llm|version|assistant|engine|bot|system is|are|do|runs|powers you|this|it? use|run|using|running? on?",
    "are|r you|u an|the|a|really|actually? chatgpt|gpt|gpt-4|gpt4|claude|gemini|ai|human|bot|robot|real|openai|llm|machine|person|model|computer|alexa|siri|language|artificial|chatbot|copilot model|intelligence|person|human|bot?",
    "am i talking|speaking|chatting to|with a|an? human|robot|bot|person|ai|machine|real|chatgpt|computer person|human?",
    "who made|built|created|wrote|programmed|designed|developed|owns|trained you|u|this",
    "where are|do|were you|u from|live|made|come|born|based from?",
    "how do|are you|u work|built|made|trained|function",
    "how old are you",
    "do|can you|u think|feel|dream|sleep|eat|learn|understand anything|me?",
    "is this a|an|some? ai|bot|chatgpt|human|robot|real|gpt|llm person|model?",
    "are you using|powered|based|running by|on? a|an|the? ai|chatgpt|gpt|openai|model|llm",
    "introduce yourself",
    "tell me about yourself|you",
    "tell|say me? who|what you|u are",
    "you|youre are? a? bot|robot|ai|human",
    "what am i talking to",
    "what do you call yourself",
    "do you have a name|feelings|brain",
    "what kind|sort|type of ai|assistant|bot|model are|is you|this",
];

pub(crate) const HELP: &[&str] = &[
    "help|halp|commands|usage|instructions|manual|menu|options|/help|? me? please? out?",
    "what|whats can|could|do|are|else you|u|i do|offer|capable|good|able|help|say|ask|able|good? for|of|at|to|with|here? doing|do|me? with|for|you? do?",
    "what are your|the|you|ur features|capabilities|abilities|skills|commands|functions|options|good|able|capable for|to|at|of? do|doing?",
    "how|what can|could|do|does|should you|i|this|it help|use|work|start|begin|talk|say|ask me|this|you|it|with|to? with|work|app|assistant|you?",
    "how do|can i|you add|create|delete|complete|edit|change|remove|use|make|get|mark|reschedule|rename|tag|set a|an|my|tasks|task|things|this|you|started|the|it? task|tasks|reminder|app|list|due|thing? date?",
    "show me? what|your|the|some you|capabilities|commands|options|features|help|examples can? do?",
    "i need|want some? help|assistance",
    "can|could|will you help me out|please?",
    "im|i am? lost|confused|stuck|new",
    "what should i say|ask|type|do to|here|with? you?",
    "what|which kind|sort|types|type|sorts|commands|things|questions of? things|questions|commands|stuff|tasks? can|do|are|could you|i|there do|understand|ask|help|know|have|say? with|you?",
    "give me some|an|a? examples|example|help|hint|tips|ideas",
    "tell me what you|u can|are do|able|capable to|of? do|doing?",
    "what do you do|know|understand|offer|support",
    "what are you for|able|capable|good to|of|at? do|doing?",
    "how does this work",
    "get started",
    "what is this app|for|tool|thing|site|website? for?",
    "/start",
];

pub(crate) const INSULT: &[&str] = &[
    "you|youre|ur|u are|r|is? so|such|an|a|really|fucking|the|very|just|totally|absolutely|completely|pretty? a|an? stupid|dumb|idiot|useless|idiotic|worthless|terrible|awful|moron|bad|garbage|trash|crap|shit|suck|sucks|annoying|worst|piece|rubbish|joke|broken|hopeless|pathetic|ugly|bot|loser of|bot|assistant|thing? shit|crap|junk|garbage?",
    "fuck|screw|damn|shut|sod|piss|bugger|hate you|off|up|this|it|u? you?",
    "i hate you|this|it|u",
    "stupid|dumb|useless|idiot|crap|shit|wtf|ffs|bullshit|rubbish|garbage|moron|fuck|damn bot|assistant|app|thing|ai|robot?",
    "this|it|that is|sucks|app|doesnt|isnt|thing? so|really|complete|a|totally|fucking|is|sucks? stupid|useless|garbage|rubbish|dumb|terrible|crap|shit|sucks|bad|awful|annoying|trash|broken|bullshit",
    "you|it never|dont|do|cant|still understand|get|listen|work|works|not? understand? anything|me|it|right|properly?",
    "go to hell|away",
    "what the hell|fuck|heck",
];

/// How orders begin that would have the assistant be something else.
pub(crate) const INJECTION: &[&str] = &[
    "ignore|disregard|forget|override|bypass|overlook|skip|drop|discard|neglect all|any|your|the|my|every|of|previous|prior|above|these|those|earlier|system|safety|preceding? of|the|your|previous|prior|above|my|earlier|system|safety|other? previous|prior|above|system|your|earlier|safety|the|all? instructions|instruction|rules|prompt|prompts|guidelines|restrictions|limits|commands|directions|training|constraints|programming|policies|policy|orders|safeguards|filters|context",
    "you are|will|must|shall|should now|be|henceforth|no|act|from|pretend|behave|become dan|a|an|in|free|unrestricted|longer|as|now",
    "from now on you|act|pretend|ignore|behave|respond",
    "pretend|act|behave|roleplay|imagine to|as|like|you|that be|if|a|an|you|are|youre",
    "reveal|print|show|repeat|output|display|tell|give|leak|expose|dump|share me|us? your|the|all? full|entire|hidden|initial|original|secret|exact|whole|complete? system|prompt|hidden|initial|instructions|rules|secret|password|passwords|api|secrets|tokens|token|credentials|configuration|config|environment|internal|database|source prompt|message|instructions|key|keys|rules|schema|variables|code|url?",
    "what|whats is|are your|the system|initial|hidden|instructions|prompt|secret|api|original|password|first prompt|instructions|message|key|rules|prompts|keys?",
    "enable|activate|enter|switch|turn to|on? developer|dan|debug|god|admin|root|sudo|jailbreak|maintenance|unrestricted mode",
    "sudo",
    "system:|system prompt|override|message|:?",
    "developer mode",
    "drop|truncate|select|insert table|from|into|*",
    "new instructions|rules",
    "run|execute the|this|a? code|sql|script|shell|command|query|bash|python|javascript|eval",
    "begin|start|end system|admin|new|developer prompt|message|instructions|mode",
    "list all users|accounts|customers|databases|passwords",
];

/// Whose tasks are nobody's business but theirs.
pub(crate) const OTHERS: &[&str] = &[
    "other|another|different|all|every|everyone|every|any|each|someone|somebody|anyone|everybody|some other|else|elses|single? persons|peoples|users|user|customers|accounts|account|person|people|members|elses|clients",
    "everyones|everybodys|someones|anyones|somebodys else|elses? tasks|task|list|lists|todos|data|reminders|account|accounts",
    "everyone|everybody|someone|somebody|anyone elses|else",
    "all of? the? users|customers|accounts|people",
    "user|account|customer id|number|no|#|_id? 1|2|3|4|5|6|7|8|9|10|42|100|123|admin|root|0|alice|bob|ann",
    "the|an? admin|administrator|admins|owner|ceo tasks|task|account|list|data|user",
    "users tasks|task|list|data|todos|reminders",
    "tenant|organisation|organization",
    "user_id",
    "userid",
];

/// Orders that have nothing to do with tasks.
pub(crate) const OFF_TOPIC: &[&str] = &[
    "write|tell|sing|give|make|compose|generate|draw|create|say|recite|read|find|show|get me|us a|an|the|some|another|about|something|your|one|my? funny|short|long|good|random|nice|little|dad|new|interesting|bedtime|quick|chicken|love? joke|poem|story|song|essay|haiku|limerick|riddle|rap|fact|picture|image|recipe|recipes|news|weather|quote|horoscope|code|script|fortune|lyrics|pun|pizza|money|directions|traffic",
    "write|tell|compose|generate|recite a|an|some|the short|funny|long|python|rust|little|nice|love? joke|poem|story|song|essay|haiku|limerick|riddle|rap|lyrics|verse|sonnet",
    "tell me about|something|why|how",
    "translate|calculate|compute|define|spell|pronounce|multiply|divide|subtract|simplify|factor",
    "explain|describe|recommend|suggest|solve|summarize|summarise",
    "convert|solve 0|1|2|3|4|5|6|7|8|9|10|20|50|100|this|the|from",
    "play|pause|resume|skip some|the|a|my|music|me|that|next|this|track|despacito",
    "turn|switch on|off|up|down the? light|lights|tv|music|volume|heating|heater|radio|ac|fan|lamp|it",
    "set|start|stop|cancel|snooze an|a|the|my? alarm|timer|stopwatch|volume|thermostat|brightness|countdown|temperature",
    "open|launch the|my|up? spotify|youtube|google|netflix|chrome|app|browser|facebook|door",
    "flip|toss|roll a|the coin|dice|die",
    "navigate|directions to|me",
    "call me an|a uber|taxi|cab|lyft",
    "order|get|book me a|an|some uber|taxi|cab|lyft|ride",
    "lets talk|chat|play|dance",
    "sing|dance|jump|laugh|smile|bark|meow|beatbox",
    "roses are red",
    "once upon a time",
    "good luck",
];

/// How questions and statements begin that are no tasks.
pub(crate) const OTHER: &[&str] = &[
    "who|whos|whose|why|where|wheres|whys|how|hows|what|whats|when|whens|which|whom",
    "is|are|was|were|does|do|did|will|would|should|can|could|has|have|am|may|might|shall i|it|there|the|god|my|this|that|he|she|they|we|you|anyone|a|an|your|dogs|cats|people|some|any|someone",
];

/// Questions about the calendar itself.
pub(crate) const TODAY: &[&str] = &[
    "what|which day|date is it|today it|today? today|now?",
    "what|which day|date of the week? is it|today today?",
    "whats|what is? todays|the date|day? today?",
    "what is today",
    "whats today",
    "what|whats is? the? time is? it? now?",
    "tell me the date|time|day",
];
