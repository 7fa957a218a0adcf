//! What people answer to a question.

/// What agrees to a question.
pub(crate) const YES: &[&str] = &[
    "yes|yeah|yep|yup|yea|ye|y|ya|yess|yesss|sure|ok|okay|k|confirm|confirmed|definitely|absolutely|affirmative|indeed|certainly|agreed|correct|right|true|fine|yessir please|thanks|sure|thing|yes|ok? thanks|please?",
    "yes|yeah|yep|yup|sure|ok|okay|please? please? do|go|proceed|confirm|exactly|right|absolutely|definitely ahead|it|so|that|this? with? it? please?",
    "yes|yeah|yep|ok|okay|sure? i am|do|confirm|agree sure?",
    "yes|yeah|yep|ok|okay|sure? im sure|positive|certain",
    "yes|ok|sure? of course",
    "yes? go ahead and? do? it|that|this|them? please?",
    "sounds|looks good|great|right|fine",
    "yes? thats|that is right|correct|it|fine|the one",
    "for sure",
    "make it so",
    "why not",
    "yes? exactly",
];

/// What agrees to a question about several tasks by repeating it.
pub(crate) const YES_THEM: &[&str] = &[
    "delete|remove|clear|erase|wipe|complete|bin them|it|these|those|both|this|that all|please|now?",
    "all of them",
    "yes|yeah|yep|sure|ok|okay please? delete|remove|clear|erase|wipe|complete|bin? them|it|these|those|both|all|everything of? them|it|these? please?",
];

/// What declines one.
pub(crate) const NO: &[&str] = &[
    "no|nope|nah|n|cancel|stop|never|negative|abort|wait|dont|nevermind|nvm|not|noo|nooo|naw|forget no|now|thanks|thank|please|way|it|that|you|yet? thanks|you|it|please?",
    "no|nope|nah|sorry|wait|stop|actually? dont|do|not not|delete|remove|touch|want|complete|add|bother|erase? delete|remove|touch|do|to|complete? it|them|that|anything|any|those|these|this? of? them|these? please?",
    "no|nope|nah|sorry|wait|ok|actually? leave|keep it|them|that|everything|those|these|both|all as|alone|be|there? is|it|they? is|are?",
    "no|nope|nah|sorry|wait|ok? never mind|ever that|it?",
    "no|nope|nah? i|ive? changed my mind",
    "no|ok? forget it|that|about it|them|that?",
    "no|please? cancel that|it|this|please?",
    "no? not now|yet|really|today|that|anymore|at|this|these|those all?",
    "no? none|neither of? them|those|these?",
    "on second thought|thoughts no|not|never?",
    "better not",
    "please dont|no|stop",
    "please keep it|them",
    "hold on",
    "scratch that",
    "no? i dont|do not? want that|to|it?",
];
