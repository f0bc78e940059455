namespace Migrations.Core;

/// <summary>How a rescaled number becomes a whole one.</summary>
public enum Rounding
{
    /// <summary>Not at all: the quotient is kept as a REAL. The default.</summary>
    None,

    /// <summary>Towards zero: 66.7 becomes 66, -66.7 becomes -66.</summary>
    Truncate,

    /// <summary>To the nearest whole number, halves away from zero: 0.5 becomes 1, -0.5 becomes -1.</summary>
    Nearest,

    /// <summary>Down: 66.7 becomes 66, -66.7 becomes -67.</summary>
    Floor,

    /// <summary>Up: 66.2 becomes 67, -66.2 becomes -66.</summary>
    Ceiling,
}
