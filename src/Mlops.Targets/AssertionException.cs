namespace Mlops.Targets;

/// <summary>A failure that its message tells in full, unless an inner exception stands behind it.</summary>
public sealed class AssertionException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
