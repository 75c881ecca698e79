namespace Mlops.Targets;

/// <summary>
/// Keeps the whole of what went wrong in one file, since a person is shown the message only.
/// </summary>
/// <param name="file">Written anew at the first failure of a run; later ones of the run follow.</param>
/// <param name="display">How a person writes a path.</param>
sealed class FailureLog(
    Func<AbsolutePath> file, Func<AbsolutePath, string> display, Func<string, string> mask)
{
    bool opened;

    /// <summary>The message, and where the rest is if the message alone cannot tell.</summary>
    public string Describe(string where, Exception exception)
    {
        var cause = Cause(exception);
        if (cause is AssertionException { InnerException: null })
            return cause.Message;
        var written = TryWrite(where, exception, out var refusal);
        return written
            ? $"{cause.Message}\n(the whole exception: {display(file())})"
            : $"{cause.Message}\n(the whole exception could not be written: {refusal})";
    }

    /// <summary>The exception that says something, under wrappers that only say that there is one.</summary>
    public static Exception Cause(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Cause(only),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Cause(inner),
        TypeInitializationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };

    bool TryWrite(string where, Exception exception, out string? refusal)
    {
        var path = file();
        var text = mask($"{where}\n{exception}\n\n");
        refusal = null;
        try
        {
            Directory.CreateDirectory(path.Parent!);
            if (opened)
                File.AppendAllText(path, text);
            else
                File.WriteAllText(path, text);
            opened = true;
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            refusal = refused.Message;
            return false;
        }
    }
}
