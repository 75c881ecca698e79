namespace Mlops.Targets;

/// <summary>What to do about things that may fail.</summary>
public static class ControlFlow
{
    /// <param name="cleanup">Runs after each attempt, whether it failed or not.</param>
    /// <param name="retryAttempts">How often at most, at least 1.</param>
    /// <param name="delay">Between attempts; none otherwise.</param>
    /// <param name="logAction">Is told of failed attempts that are repeated; the console otherwise.</param>
    /// <exception cref="Exception">That of the last attempt.</exception>
    public static void ExecuteWithRetry(
        Action action, Action? cleanup = null, int retryAttempts = 3,
        TimeSpan? delay = null, Action<string>? logAction = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAttempts, 1);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception exception)
                when (attempt < retryAttempts && exception is not OperationCanceledException)
            {
                (logAction ?? Console.WriteLine)(
                    $"Attempt {attempt} of {retryAttempts} failed: {exception.Message}");
            }
            finally
            {
                cleanup?.Invoke();
            }
            Thread.Sleep(delay ?? TimeSpan.Zero);
        }
    }

    /// <summary>A failure is said and does not fail the target.</summary>
    /// <param name="includeStackTrace">Says the whole exception.</param>
    /// <param name="logWarning">False does not even say it.</param>
    public static void SuppressErrors(
        Action action, bool includeStackTrace = false, bool logWarning = true) =>
        SuppressErrors<object?>(
            () =>
            {
                action();
                return null;
            },
            null, includeStackTrace, logWarning);

    /// <inheritdoc cref="SuppressErrors(Action, bool, bool)"/>
    /// <returns>The action's value, or the default one.</returns>
    public static T? SuppressErrors<T>(
        Func<T> action, T? defaultValue = default, bool includeStackTrace = false, bool logWarning = true)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (logWarning)
                Console.WriteLine(
                    $"warning: {(includeStackTrace ? exception.ToString() : exception.Message)}");
            return defaultValue;
        }
    }
}
