namespace Mlops.Engine;

/// <summary>
/// A body's place in a run: it works only while it is seated, and is charged for what it uses meanwhile. A
/// body that waits for several things at once leaves with the first and is back with the last.
/// </summary>
sealed class Seat(Slots slots, CpuMeter meter, int cores, Func<double> urgency)
{
    readonly CpuMeter.Account account = new();
    readonly Lock ordering = new();
    Task lastMove = Task.CompletedTask;
    int waits;
    bool ended;

    /// <summary>What the body used up to now.</summary>
    public TimeSpan Settle()
    {
        meter.Enter(account);
        return account.Used;
    }

    /// <summary>
    /// The same, of a body that has ended: while what it gave is kept, what is used is used by others.
    /// </summary>
    public TimeSpan Close()
    {
        meter.Leave(account);
        return account.Used;
    }

    public Task Take(CancellationToken cancellation) => Take(urgency, cancellation);

    /// <summary>The body has ended, even if it no longer waits for all that it called.</summary>
    public Task End() => Move(() =>
    {
        ended = true;
        return waits == 0 ? Give() : Task.CompletedTask;
    });

    /// <summary>
    /// Lets others work while the body waits for calls of its own; then it goes first, to end what it began.
    /// </summary>
    public async Task<T> Leave<T>(Func<Task<T>> wait)
    {
        await Move(() => waits++ == 0 && !ended ? Give() : Task.CompletedTask);
        try
        {
            return await wait();
        }
        finally
        {
            await Move(() => --waits == 0 && !ended
                ? Take(() => double.MaxValue, CancellationToken.None)
                : Task.CompletedTask);
        }
    }

    /// <summary>One move after the other, each when the one before is done.</summary>
    Task Move(Func<Task> move)
    {
        lock (ordering)
            return lastMove = After(lastMove, move);
    }

    static async Task After(Task before, Func<Task> move)
    {
        await before;
        await move();
    }

    Task Give()
    {
        meter.Leave(account);
        slots.Give(cores);
        return Task.CompletedTask;
    }

    async Task Take(Func<double> urgency, CancellationToken cancellation)
    {
        await slots.Take(cores, urgency, cancellation);
        meter.Enter(account);
    }
}
