using System.Collections.Concurrent;

namespace Mlops.Engine;

/// <summary>
/// Says each kind of trouble with the remote once in a run; how often it was is in the closing count.
/// </summary>
sealed class RemoteNotices(Uri url, Action<Problem> say)
{
    readonly ConcurrentDictionary<string, bool> said = new();

    public void Refused(string entry, string why) => Say(new Problem(
        "ENGINE-040", "An entry of the remote store was refused; it counts as absent.", new Place(entry),
        Actual: why,
        Next: "Nothing is lost: the step runs here instead. Look at who may write to the store."));

    /// <param name="writes">Whether something was to be stored.</param>
    public void Failed(string entry, bool writes, RemoteAnswer answer) => Say(answer.Outcome switch
    {
        RemoteOutcome.Denied => new Problem(
            "ENGINE-041",
            $"The remote store does not let us {(writes ? "write" : "read")}; the run goes on without.",
            new Place(entry), Actual: answer.Why,
            Next: "Look at MLOPS_REMOTE_USER and MLOPS_REMOTE_PASSWORD, or MLOPS_REMOTE_TOKEN."),
        RemoteOutcome.Broken or RemoteOutcome.Dead => new Problem(
            "ENGINE-042", "The remote store cannot be reached; the run goes on without.", new Place(entry),
            Actual: answer.Why, Next: $"Look at {url}, or leave it out with --offline."),
        _ => new Problem(
            "ENGINE-043",
            $"The remote store could not {(writes ? "keep" : "give")} an entry; the run goes on.",
            new Place(entry), Actual: answer.Why, Next: "Look at the log of that server."),
    });

    public void GivenUp(bool writes) => Say(new Problem(
        writes ? "ENGINE-045" : "ENGINE-044",
        $"The remote store failed {Breaker.MostFailures} times in a row; nothing more is "
        + $"{(writes ? "stored there" : "asked of it")} in this run.",
        new Place(url.AbsoluteUri), Next: "Look at the log of that server, or leave it out with --offline."));

    void Say(Problem problem)
    {
        if (said.TryAdd(problem.Id, true))
            say(problem);
    }
}
