using System.Runtime.InteropServices;

namespace Mlops.Targets;

/// <summary>
/// Turns the first Ctrl-C or termination signal into a cancellation; the second ends the process as the
/// operating system would.
/// </summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly List<PosixSignalRegistration> registrations = [];
    readonly Lock telling = new();
    bool isOver;

    public CancellationToken Token => source.Token;

    public void Listen(Action announce)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));

        void Cancel(PosixSignalContext signal)
        {
            lock (telling)
            {
                if (source.IsCancellationRequested || isOver)
                    return;
                signal.Cancel = true;
                // Nothing of a target's own runs on the signal's thread, and a stalled console
                // delays no cancellation.
                _ = source.CancelAsync();
                announce();
            }
        }
    }

    /// <summary>
    /// Waits until a signal that came is told of: what the run says afterwards stands behind it.
    /// </summary>
    public void Settle()
    {
        lock (telling)
            return;
    }

    /// <summary>Cancels as a signal would.</summary>
    public void Cancel() => source.Cancel();

    /// <remarks>A signal that comes from here on finds nobody to tell.</remarks>
    public void Dispose()
    {
        lock (telling)
            isOver = true;
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }
}
