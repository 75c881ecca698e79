namespace Mlops.Engine;

/// <summary>The run's bound: a stage body runs only while it holds a slot.</summary>
sealed class Slots(int count) : IDisposable
{
    readonly SemaphoreSlim free = new(count);

    public Task Take(CancellationToken cancellation) => free.WaitAsync(cancellation);

    public void Give() => free.Release();

    public void Dispose() => free.Dispose();
}
