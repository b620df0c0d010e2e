namespace Cde.Kernels.Languages;

/// <summary>Tells F# code that is not finished from code that is wrong, by the errors of the parser.</summary>
internal static class FSharpCompleteness
{
    /// <summary>
    /// The numbers of errors that end with the text: strings and comments without an end (514-519, 1232, 3374...), brackets without a partner
    /// (583, 598, 604), constructs without their rest (547, 588, 599, 611, 3104, 3107, 3156, 3158, 3524).
    /// </summary>
    private static readonly HashSet<int> Unfinished =
        [513, 514, 515, 516, 517, 518, 519, 520, 1232, 3374, 3384, 582, 583, 598, 604, 609, 547, 588, 599, 611, 3104, 3107, 3108, 3156, 3158, 3524];

    /// <summary>Whether the code could be run as it stands.</summary>
    public static Completeness Check(FSharpSession session, string code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return new(CompletenessStatus.Complete);
        // The parser stops at the first ;; and what is before it is finished.
        var part = FSharpInteractions.Split(code).LastOrDefault() ?? code;
        if (code.TrimEnd().EndsWith(";;", StringComparison.Ordinal))
            return new(CompletenessStatus.Complete);
        var errors = session.Check(part).Syntax.Diagnostics.Where(one => one.Severity.IsError).ToList();
        if (errors.Count == 0)
            return new(CompletenessStatus.Complete);
        var isUnfinished = errors.Any(error => Unfinished.Contains(error.ErrorNumber)
            || (error.ErrorNumber == 10 && error.Message.StartsWith("Incomplete structured construct", StringComparison.Ordinal)));
        return isUnfinished ? new(CompletenessStatus.Incomplete, Indent(code)) : new(CompletenessStatus.Invalid);
    }

    /// <summary>The indent of the last line, and one step more behind what opens a block.</summary>
    private static string Indent(string code)
    {
        var last = code.TrimEnd('\n', '\r').Split('\n')[^1].TrimEnd();
        var indent = last[..^last.TrimStart().Length];
        string[] openers = ["=", "->", "do", "then", "else", "with", "try", "finally", "(", "[", "{", "[|"];
        return openers.Any(opener => last.EndsWith(opener, StringComparison.Ordinal)) ? indent + "    " : indent;
    }
}
