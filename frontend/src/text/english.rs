//! The English texts, which are also the list of all names.

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// The name of a visible text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Text {
            $($(#[$doc])* $name,)*
        }

        impl Text {
            /// Every name there is, for translators and for the test of the files.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What the files of the other languages call it.
            pub fn named(name: &str) -> Option<Self> {
                let place = [$(stringify!($name),)*].iter().position(|known| *known == name)?;
                Self::ALL.get(place).copied()
            }

            /// The sentence in English.
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

texts! {
    Product = "Latchwork";

    TitleHome = "Latchwork";
    TitleThread = "{title} · Latchwork";
    TitleSignIn = "Sign in · Latchwork";
    TitleSignUp = "Create your account · Latchwork";
    TitleUnavailable = "Latchwork can’t be reached";

    CheckingSession = "Checking your session…";
    UnreachableTitle = "No connection to Latchwork";
    UnavailableTitle = "Latchwork can’t answer right now";
    SetupTitle = "This Latchwork is not set up yet";
    UnavailableComfort = "Your tasks and conversations are safe. Nothing is lost.";
    Reference = "{code} · {id}";

    SignIn = "Sign in";
    SignInTitle = "Welcome back";
    SignUpTitle = "Create your account";
    CreateAccount = "Create account";
    NoAccountYet = "New here?";
    HaveAccount = "Have an account?";
    SignOut = "Sign out";
    SignOutFailed = "You are still signed in. {why}";
    Name = "Name";
    Email = "Email";
    Password = "Password";
    PasswordHint = "At least 8 characters.";
    ShowPassword = "Show password";
    ExpiredTitle = "Your session has ended";
    ExpiredBody = "Sign in again to go on where you were. What you typed is kept and will be sent.";
    NoUserTitle = "You are signed out";
    NoUserBody = "The server’s session names nobody ({code}). Sign in again.";
    Promise = "Say what’s to be done. Watch it click into place.";
    SceneAsk = "Add buy groceries, and I’ve paid the rent";
    SceneAnswer = "Added “Buy groceries”, completed “Pay the rent”.";
    SceneFirst = "Buy groceries";
    SceneSecond = "Call mom tonight";
    SceneThird = "Pay the rent";

    Views = "Views";
    Chat = "Chat";
    Tasks = "Tasks";
    History = "History";
    Conversations = "Conversations";
    NewChat = "New chat";
    NoConversations = "Your conversations will be listed here.";
    SearchThreads = "Search conversations";
    NothingFound = "Nothing found.";
    RenameThread = "Rename “{title}”";
    DeleteThread = "Delete “{title}”?";
    Delete = "Delete";
    Untitled = "Untitled conversation";
    Offline = "Offline";
    OfflineHint = "You are offline. What you write is kept and sent when you are back.";
    SkipToMessage = "Skip to the message box";

    Greeting = "What’s on your mind, {name}?";
    GreetingNobody = "What’s on your mind?";
    StartHint = "Tell me in your own words. Your list changes as we talk.";
    PromptAdd = "Add a task to buy groceries";
    PromptShow = "Show me all my tasks";
    PromptDone = "What have I completed?";
    PromptRemember = "I need to remember to pay bills";
    Messages = "Messages";
    YouSaid = "You said";
    AssistantSaid = "Latchwork said";
    AnswerBegins = "Latchwork is answering.";
    AnswerDone = "The answer is complete.";
    AnswerBroke = "The answer broke off";
    AnswerBrokeBody = "Something went wrong on the way. What was written so far is kept.";
    HistoryFailed = "This conversation can’t be shown";
    ShowOlder = "Show older messages";
    JumpToLatest = "Jump to the latest message";
    Thinking = "Thinking…";
    Reconnecting = "The connection was cut. Picking the answer up again…";
    Sending = "Sending…";
    WaitsForNetwork = "Will be sent when you are online";
    WaitsForTurn = "Waits for the message before it";
    NotSent = "Not sent.";
    Edit = "Edit";
    Discard = "Discard";
    Question = "Question";
    Yes = "Yes";
    No = "No";
    Cancel = "Cancel";
    ConfirmAll = "one=Confirm | other=Confirm all {n}";
    ConfirmSome = "Confirm {n} of {all}";
    Skipped = "Not done";
    Step = "Step";
    StepRuns = "Under way";
    UsedTools = "one=Took one step | other=Took {n} steps";
    Message = "Message";
    MessagePlaceholder = "Add, change, ask…";
    ComposerHint = "Enter sends, Shift+Enter starts a new line";
    CharactersLeft = "one={n} character left | other={n} characters left";
    CharactersOver = "one={n} character too many | other={n} characters too many";
    Closed = "This conversation takes no more messages.";
    Send = "Send";
    Stop = "Stop the answer";
    SayAgain = "Edit and send again";
    AnswerAgain = "Answer again";
    CopyMessage = "Copy the message";
    CopyAnswer = "Copy the answer";
    CopyCode = "Copy the code";
    Copied = "Copied";
    CopyFailed = "The browser did not allow copying.";
    Table = "Table";
    OpensNewTab = "(opens a new tab)";

    OpenTasks = "one={n} open task | other={n} open tasks";
    NewTask = "New task";
    NewTaskPlaceholder = "Add a task";
    AddTask = "Add task";
    Filter = "Show";
    Open = "Open";
    Done = "Done";
    NotDone = "Not done";
    All = "All";
    NoTasksTitle = "A clear list";
    NoTasksBody = "Add a task above, or ask for it in the chat.";
    AllDoneTitle = "Everything is done";
    AllDoneBody = "Enjoy the quiet.";
    NoneDoneTitle = "Nothing done yet";
    NoneDoneBody = "What you complete will be here.";
    ListFailed = "Your tasks can’t be shown";
    CompleteTask = "Complete “{title}”";
    EditTitle = "Edit the title";
    TaskDetails = "Details of “{title}”";
    DueDay = "Due";
    DueTime = "Time";
    Priority = "Priority";
    PriorityNone = "None";
    Tags = "Tags";
    Notes = "Notes";
    SearchTasks = "Search tasks";
    Order = "Order";
    SortNewest = "Newest first";
    SortDue = "By due date";
    SortPriority = "By priority";
    SortHand = "My own order";
    HandHint = "Drag the tasks, or press Alt with an arrow key.";
    AnyPriority = "Any priority";
    AnyTag = "Any tag";
    Upcoming = "Upcoming";
    Activity = "What was done";
    NoActivity = "Nothing was done yet.";
    ByYou = "You";
    ByAssistant = "The assistant";
    Choose = "Choose several";
    ChooseTask = "Choose “{title}”";
    Chosen = "one={n} task chosen | other={n} tasks chosen";
    Complete = "Complete";
    ToTomorrow = "To tomorrow";
    DeletedMany = "one=Deleted {n} task. | other=Deleted {n} tasks.";
    SortTitle = "By title";
    NoneDueTitle = "Nothing due";
    NoneDueBody = "What is due today or late will be here.";
    DeleteTask = "Delete “{title}”";
    Deleted = "Deleted “{title}”.";
    Notifications = "Notifications";
    Undo = "Undo";
    Undone = "Taken back.";
    PartlyUndone = "one=One task was changed again since and stays as it is. | other={n} tasks were changed again since and stay as they are.";
    Receipt = "What was changed";
    AndMore = "one=and {n} more | other=and {n} more";
    KindAdded = "Added";
    KindUpdated = "Changed";
    KindCompleted = "Completed";
    KindReopened = "Reopened";
    KindDeleted = "Deleted";
    KindRestored = "Restored";
    KindMoved = "Moved";
    KindUndone = "Taken back";
    Title = "Title";
    TaskNumber = "Task {n}";
    PriorityLow = "Low";
    PriorityMedium = "Medium";
    PriorityHigh = "High";
    Today = "Today";
    Tomorrow = "Tomorrow";
    Overdue = "Overdue:";
    ChangedElsewhere = "Changed elsewhere to “{title}”.";
    ChangedMeanwhile = "This was changed elsewhere in the meantime.";
    KeepMine = "Keep mine";
    TakeTheirs = "Take theirs";

    ForgotPassword = "Forgot your password?";
    ForgotTitle = "Forgot your password?";
    ForgotIntro = "Write the address you sign in with. We send a letter with a link to choose a new password.";
    ForgotDone = "If there is an account with this address, a letter is on its way.";
    ForgotAgain = "Ask for another letter";
    ResetTitle = "Choose a new password";
    ResetIntro = "You will be signed out everywhere.";
    ResetDone = "Your password is changed.";
    BackToSignIn = "Back to sign in";
    LinkIsOver = "This link is no longer good. It is used up, or older than an hour.";

    Account = "Account";
    BackToChat = "Back to the chat";
    Profile = "Profile";
    Devices = "Devices";
    Programs = "Programs";
    Usage = "Usage";
    Appearance = "Appearance";
    YourData = "Your data";
    Save = "Save";
    Saved = "Saved.";
    EmailChanged = "Your address is changed.";
    EmailIsVerified = "Your address is confirmed. Thank you.";
    EmailAsked = "Done. If we can send letters, open the link in the one to the new address.";
    EmailNotVerified = "Nobody has confirmed yet that this address is yours.";
    SendLetter = "Send the letter";
    LetterSent = "A letter is on its way.";
    PasswordIntro = "Changing it signs out your other devices.";
    PasswordNow = "Present password";
    PasswordNew = "New password";
    ChangePassword = "Change the password";
    PasswordChanged = "Your password is changed, and your other devices are signed out.";
    DevicesIntro = "Where you are signed in. Sign out whatever you do not know.";
    DeviceName = "{browser} on {system}";
    DeviceUnknown = "An unknown device";
    SignedInSince = "Signed in {when}";
    ThisDevice = "This device";
    SignOutOthers = "Sign out other devices";
    OthersSignedOut = "Your other devices are signed out.";
    ProgramsIntro = "Assistants and other programs that you let work with your tasks. What they do is marked with their name and can be undone.";
    NoPrograms = "You have let in no program.";
    McpAddress = "Address for MCP clients:";
    CopyAddress = "Copy the address";
    AccessTokens = "Access tokens";
    TokensIntro = "For programs that cannot ask for your permission by themselves.";
    NoTokens = "There are no tokens.";
    ScopeWrite = "Read and change tasks";
    ScopeRead = "Only read tasks";
    LastUsed = "used {when}";
    NeverUsed = "never used";
    EndsOn = "Ends {when}";
    Revoke = "Revoke";
    RevokeNamed = "Revoke “{name}”";
    TokenName = "Name of the token";
    TokenNameHint = "Such as the program that will use it.";
    TokenScope = "May";
    TokenDays = "Ends after";
    Days = "one={n} day | other={n} days";
    CreateToken = "Create a token";
    TokenOnce = "Copy the token now. It is not shown again.";
    CopyToken = "Copy the token";
    UsageIntro = "How much you may still ask of the server.";
    NoLimits = "There is no limit here.";
    QuotaLeft = "{left} of {all} requests left";
    QuotaReset = "one=All of them are back in a minute. | other=All of them are back in {n} minutes.";
    Theme = "Light or dark";
    ThemeSystem = "Like the system";
    ThemeLight = "Light";
    ThemeDark = "Dark";
    Language = "Language";
    LanguageIntro = "The language of this page. The built-in assistant understands English, a model most languages.";
    Export = "Take everything along";
    ExportIntro = "All tasks and conversations in one file: JSON, Markdown, a table and a calendar.";
    ExportAll = "Download";
    Exported = "The file is being saved.";
    ExportTasks = "Only the tasks";
    ExportTasksIntro = "For other programs.";
    FormatTable = "As a table (CSV)";
    FormatCalendar = "As a calendar (ICS)";
    FormatText = "As text (Markdown)";
    Import = "Bring tasks from elsewhere";
    ImportIntro = "A table from Todoist or any other program (CSV), a calendar (ICS), or a text with one task on each line.";
    ImportFile = "Choose a file";
    ImportPreview = "one={n} task would be added. | other={n} tasks would be added.";
    ImportSkipped = "one={n} entry is left out. | other={n} entries are left out.";
    ImportLine = "Line {n}: {why}";
    ImportAdd = "Add them";
    ImportDone = "one={n} task is added. Ctrl+Z on the list takes it back. | other={n} tasks are added. Ctrl+Z on the list takes them back.";
    DeleteAccount = "Delete the account";
    DeleteIntro = "Everything goes at once and for good:";
    CountTasks = "one={n} task | other={n} tasks";
    CountThreads = "one={n} conversation | other={n} conversations";
    CountTheRest = "all sessions, tokens and programs let in";
    ConfirmEmail = "Your address";
    ConfirmEmailIntro = "To go on, write {email} and your password.";
    AccountDeleted = "Your account is deleted, with {tasks} and {threads}.";
    ExportThread = "Download “{title}”";

    FeedbackGood = "Good answer";
    FeedbackBad = "Bad answer";
    FeedbackThanks = "Thank you, that is noted.";
    Offers = "Suggestions";
    CommandAdd = "add a task";
    CommandList = "show all tasks";
    CommandToday = "what is due today";
    CommandDone = "what is done";
    CommandUndo = "take back the last change";
    Reminder = "Reminder";
    ReminderNone = "None";
    ReminderThen = "When it is due";
    ReminderMinutes = "10 minutes before";
    ReminderHour = "An hour before";
    ReminderDay = "A day before";
    Reminders = "Reminders";
    RemindersIntro = "This browser can remind you of tasks while the page is open.";
    RemindersAllow = "Allow reminders";
    RemindersOn = "Reminders are allowed.";
    RemindersRefused = "The browser does not allow notifications for this page.";
    AttachFile = "Attach a file";
    RemoveFile = "Remove “{name}”";
    Files = "Files";
    TryAgain = "Try again";
    Close = "Close";

    FailUnreachable = "Latchwork can’t be reached. Check your connection.";
    FailSignedOut = "Your session has ended. Sign in to go on.";
    FailTooMany = "Too many attempts. Try again in {seconds} s.";
    FailNotFresh = "You signed in a while ago. Sign out and in again to see this.";
    FailOldPassword = "The password is wrong.";
    FailNoLetters = "This Latchwork can’t send letters. Ask whoever runs it.";
    FailWrongPassword = "Wrong email or password.";
    FailEmailTaken = "There is an account with this email already. Sign in instead.";
    FailEmail = "This is not an email address.";
    FailPasswordShort = "The password needs at least 8 characters.";
    FailPasswordLong = "The password may have at most 128 characters.";
    FailDatabase = "The database does not answer. It may be waking up; try again in a moment.";
    FailModel = "The assistant does not answer at the moment. Your message is kept.";
    FailMessageLong = "The message is too long. Shorten it and send it again.";
    FailUnreadable = "The server gave an answer that can’t be read.";
    FailUnknown = "Something went wrong.";
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn every_gap_is_closed() {
        for text in Text::ALL {
            let sentence = text.english();

            assert!(!sentence.is_empty(), "{text:?}");
            assert_eq!(
                sentence.matches('{').count(),
                sentence.matches('}').count(),
                "{text:?}"
            );
        }
    }
}
