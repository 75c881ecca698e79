namespace Mlops.Data.Statistics.Detectors;

/// <summary>What a detector says after a value.</summary>
public enum DetectorState
{
    Still,

    /// <summary>Worth watching; only some detectors say it.</summary>
    Warning,

    /// <summary>The stream has changed; the detector begins anew with the next value.</summary>
    Alarm,
}

/// <summary>Reads an ordered stream value by value and says when it has changed.</summary>
public interface IStreamDetector
{
    DetectorState Add(double value);
}
