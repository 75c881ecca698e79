namespace Mlops.Engine;

/// <summary>Counts what went over the line.</summary>
sealed class RemoteCounts
{
    int tracesFetched, artifactsFetched, tracesStored, artifactsStored, refused;
    long bytesFetched, bytesStored;

    public RemoteTraffic Traffic =>
        new(tracesFetched, artifactsFetched, bytesFetched,
            tracesStored, artifactsStored, bytesStored, refused);

    public void Fetched(bool isTrace, long bytes)
    {
        Interlocked.Increment(ref isTrace ? ref tracesFetched : ref artifactsFetched);
        Interlocked.Add(ref bytesFetched, bytes);
    }

    public void Stored(bool isTrace, long bytes)
    {
        Interlocked.Increment(ref isTrace ? ref tracesStored : ref artifactsStored);
        Interlocked.Add(ref bytesStored, bytes);
    }

    public void Refused() => Interlocked.Increment(ref refused);
}
